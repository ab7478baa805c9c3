import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "..", "..");
/** A first port, as files name it: after `PORT = `, `port: ` or a start of something. */
const FIXED = /(?:\bPORT = |\bport: |\bstart\w+, )(2\d_?\d{3})\b/g;
/** Each takes some more above the one it names. */
const APART = 5;

test("test files that run beside each other take no port of another", () => {
  const taken = globSync(["packages/*/**/*.test.ts", "tests/**/*.test.ts"], {
    cwd: root,
    exclude: (path) => path.split("/").some((part) => part === "node_modules" || part === "dist"),
  }).flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(FIXED)].map(([, port]) => ({
      file,
      port: Number(port!.replace("_", "")),
    })),
  );
  assert.ok(taken.length > 20, "no port was found");
  const sorted = taken.toSorted((a, b) => a.port - b.port);
  const close = sorted.flatMap(({ file, port }, index) => {
    const next = sorted[index + 1];
    return next && next.file !== file && next.port - port < APART ? [`${port} ${file}, ${next.port} ${next.file}`] : [];
  });
  assert.deepEqual(close, []);
});
