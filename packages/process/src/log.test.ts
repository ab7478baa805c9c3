import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

/** What a process writes to stderr, line by line. */
function written(program: string): Record<string, unknown>[] {
  const { stderr, status } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return stderr
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
const from = (file: string) => JSON.stringify(join(import.meta.dirname, file));

test("both kinds of log speak one dialect", () => {
  const [rich] = written(`import { makeLog } from ${from("log.ts")};
    makeLog("info", { process: "one" }).warn({ code: "x" }, "told");`);
  const [plain] = written(`import { plainLog } from ${from("plainLog.ts")};
    plainLog("one")("warn", "told", { code: "x" });`);
  const without = ({ time, pid, ...line }: Record<string, unknown> = {}) => [typeof time, typeof pid, line];
  assert.deepEqual(without(rich), ["number", "number", { level: 40, process: "one", code: "x", msg: "told" }]);
  assert.deepEqual(without(plain), without(rich));
});

test("no header and no address gets into a log", () => {
  const lines = written(`import { makeLog } from ${from("log.ts")};
    makeLog("info", { process: "one" }).info({ request: { url: "/?secret", headers: { cookie: "secret" } } }, "told");`);
  assert.ok(!JSON.stringify(lines).includes("secret"));
});
