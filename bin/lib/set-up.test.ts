import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { patches } from "../../packages/sfu/install/patches.mjs";
import { SetUpError } from "./errors.mjs";
import { lock } from "./lock.mjs";
import { applyPatches } from "./patch.mjs";

const root = join(import.meta.dirname, "..", "..");
const scratch = mkdtempSync(join(tmpdir(), "raadhuis-set-up-"));
after(() => rmSync(scratch, { recursive: true }));

suite("patches", () => {
  const patch = { file: "a.txt", find: "one", replace: "1", times: 2, why: "to try" };
  const folder = (name: string, text: string) => {
    mkdirSync(join(scratch, name));
    writeFileSync(join(scratch, name, "a.txt"), text);
    return join(scratch, name);
  };
  const textIn = (at: string) => readFileSync(join(at, "a.txt"), "utf8");

  test("are applied, and once only", () => {
    const at = folder("fresh", "one two one");
    applyPatches(at, [patch]);
    applyPatches(at, [patch]);
    assert.equal(textIn(at), "1 two 1");
  });

  test("leave other copies of the file alone", () => {
    const at = folder("linked", "one two one");
    linkSync(join(at, "a.txt"), join(at, "other.txt"));
    applyPatches(at, [patch]);
    assert.equal(readFileSync(join(at, "other.txt"), "utf8"), "one two one");
  });

  for (const text of ["one", "one one one", "nothing of it"])
    test(`do not fit "${text}"`, () => {
      const at = folder(text, text);
      assert.throws(
        () => applyPatches(at, [patch]),
        (error) => error instanceof SetUpError && error.code === "patch.failed",
      );
      assert.equal(textIn(at), text);
    });

  test("fit the packages in the lock file, and each says why it is there", () => {
    for (const file of new Set(patches.map((one) => one.file))) {
      mkdirSync(join(scratch, "packages", file, ".."), { recursive: true });
      cpSync(join(root, "node_modules", file), join(scratch, "packages", file));
    }
    applyPatches(join(scratch, "packages"), patches);
    // That each fits where it is to, and how often, applyPatches has seen to.
    for (const { file, find, replace, why } of patches) {
      assert.notEqual(find, replace, file);
      assert.ok(why.length > 20);
    }
  });
});

suite("the lock", () => {
  test("lets one in at a time, in turn", async () => {
    const file = join(scratch, "turns", "lock");
    const diary = join(scratch, "diary");
    const program = `
      const { lock } = await import(${JSON.stringify(join(root, "bin/lib/lock.mjs"))});
      const { appendFileSync } = await import("node:fs");
      const release = await lock(${JSON.stringify(file)}, () => {});
      appendFileSync(${JSON.stringify(diary)}, "in\\n");
      await new Promise((resolve) => setTimeout(resolve, 150));
      appendFileSync(${JSON.stringify(diary)}, "out\\n");
      release();`;
    const all = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "inherit" }),
    );
    const ends = await Promise.all(all.map((child) => once(child, "exit")));
    assert.deepEqual(
      ends.map(([code]) => code),
      [0, 0, 0, 0],
    );
    assert.equal(readFileSync(diary, "utf8"), "in\nout\n".repeat(4));
    assert.deepEqual(readdirSync(join(scratch, "turns")), []);
  });

  test("of a process that died is taken over", async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    const file = join(scratch, "stale");
    writeFileSync(file, String(child.pid));
    const release = await lock(file, () => assert.fail("nobody holds it"));
    assert.equal(readFileSync(file, "utf8"), String(process.pid));
    release();
    assert.ok(!existsSync(file));
  });
});
