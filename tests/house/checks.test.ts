import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "..", "..");

function passes(script: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "node_modules", script), ...args], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(status, 0, `${stdout}\n${stderr}`);
}

test("the types fit", () => {
  passes("typescript/bin/tsc", "--noEmit", "-p", "tsconfig.json");
  if (existsSync(join(root, "packages/web/tsconfig.json")))
    passes("typescript/bin/tsc", "--noEmit", "-p", "packages/web/tsconfig.json");
});

test("format and lint are clean", () => passes("@biomejs/biome/bin/biome", "check", ".", "--diagnostic-level=error"));
