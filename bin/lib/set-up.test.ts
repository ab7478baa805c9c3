import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
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
import { SetUpError } from "./errors.mjs";
import { lock } from "./lock.mjs";
import { addedSources, copyMedooze, medoozeSeries } from "./medooze.mjs";
import { applySeries, SAID, seriesIn } from "./patches.mjs";

const root = join(import.meta.dirname, "..", "..");
const scratch = mkdtempSync(join(tmpdir(), "raadhuis-set-up-"));
after(() => rmSync(scratch, { recursive: true }));

suite("Medooze's patches", () => {
  const folder = (name: string, text: string) => {
    mkdirSync(join(scratch, name, "patches"), { recursive: true });
    writeFileSync(join(scratch, name, "a.txt"), text);
    return join(scratch, name);
  };
  /** A patch of this number, that makes the one line another one. */
  const patch = (at: string, number: number, before: string, after: string) =>
    writeFileSync(
      join(at, "patches", `0${number}-try.patch`),
      `To try\n\ndiff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-${before}\n+${after}\n`,
    );
  const apply = (at: string) => applySeries(at, seriesIn(join(at, "patches")));
  const textIn = (at: string, file = "a.txt") => readFileSync(join(at, file), "utf8");

  test("are applied one after the other", async () => {
    const at = folder("fresh", "one\n");
    patch(at, 2, "two", "three");
    patch(at, 1, "one", "two");
    await apply(at);
    assert.equal(textIn(at), "three\n");
  });

  test("leave other copies of the file alone", async () => {
    const at = folder("linked", "one\n");
    linkSync(join(at, "a.txt"), join(at, "other.txt"));
    patch(at, 1, "one", "two");
    await apply(at);
    assert.equal(textIn(at, "other.txt"), "one\n");
  });

  test("are applied within a checkout that ignores the folder, and whatever is wished for there", async () => {
    const at = folder("checkout", "");
    execFileSync("git", ["init", "--quiet"], { cwd: at });
    execFileSync("git", ["config", "apply.whitespace", "error-all"], { cwd: at });
    writeFileSync(join(at, ".gitignore"), "ignored\n");
    const ignored = folder(join("checkout", "ignored"), "one\r\n");
    patch(ignored, 1, "one\r", "two\t\r");
    await apply(ignored);
    assert.equal(textIn(ignored), "two\t\r\n");
  });

  for (const text of ["One\n", "one \n", "nothing of it\n"])
    test(`do not fit ${JSON.stringify(text)}, and say which does not fit what`, async () => {
      const at = folder(`not ${text.trim()}${text.length}`, text);
      patch(at, 1, "one", "two");
      await assert.rejects(apply(at), (error) => {
        assert.ok(error instanceof SetUpError && error.code === "patch.failed");
        assert.match(error.message, /^01-try\.patch does not fit a\.txt, line 1\.$/);
        return true;
      });
      assert.equal(textIn(at), text);
    });

  test("say so when what they are made for is not there", async () => {
    const at = folder("gone", "one\n");
    patch(at, 1, "one", "two");
    rmSync(join(at, "a.txt"));
    await assert.rejects(apply(at), /01-try\.patch does not fit \(git says: a\.txt: No such file/);
  });

  test("fit the packages in the lock file", async () => {
    const at = join(scratch, "packages");
    copyMedooze(at);
    await applySeries(at, medoozeSeries());
    for (const { to } of addedSources()) assert.ok(!existsSync(join(at, to)), `Medooze has a ${to} of its own`);
  });

  for (const { name, header } of medoozeSeries())
    test(`${name} says what it does, why, who found it, and what upstream knows of it`, () => {
      assert.match(name, /^\d\d-[a-z0-9-]+\.patch$/);
      const [title = "", empty] = header.split("\n");
      assert.ok(title.length > 10 && title.length < 100 && empty === "", title);
      for (const what of SAID) assert.match(header, new RegExp(`^${what}: .{5,}`, "m"));
    });

  test("have numbers without a gap, so that two at once are seen", () => {
    assert.deepEqual(
      medoozeSeries().map(({ name }) => Number.parseInt(name, 10)),
      medoozeSeries().map((_, at) => at + 1),
    );
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
