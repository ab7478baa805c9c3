import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { liveKitBinary } from "./engines.ts";
import { testFiles } from "./files.ts";
import { runFile } from "./run-file.ts";

const scratch = mkdtempSync(join(tmpdir(), "raadhuis-runner-"));
after(() => rmSync(scratch, { recursive: true }));

const IMPORTS = 'import { after, suite, test } from "node:test"; import assert from "node:assert/strict";\n';
let count = 0;
function run(text: string, limit = 60_000) {
  const file = join(scratch, `${++count}.test.mjs`);
  writeFileSync(file, IMPORTS + text);
  return runFile(file, limit);
}
const counts = ({ passed, failed }: { passed: number; failed: number }) => [passed, failed];

test("tests that pass are counted, suites and what is left out are not", async () => {
  const outcome = await run(
    'suite("s", () => { test("a", () => {}); test.skip("b", () => {}); }); test("c", () => {});',
  );
  assert.deepEqual(counts(outcome), [2, 0]);
  assert.match(outcome.report, /skipped: b/);
});

test("a test that fails is shown with its error and what was printed", async () => {
  const outcome = await run(
    'suite("s", () => { test("a", () => { console.log("a word"); assert.equal(1, 2); }); test("b", () => {}); });',
  );
  assert.deepEqual(counts(outcome), [1, 1]);
  assert.match(outcome.report, /FAILED: a[\s\S]*1 !== 2[\s\S]*a word/);
});

test("why something is left out is shown", async () => {
  const { report } = await run('test("a", () => {}); test("b", { skip: "there is none" }, () => {});');
  assert.match(report, /skipped \(there is none\): b/);
});

for (const [name, text] of [
  ["breaks at load", 'throw new Error("at load");'],
  ["breaks after its tests", 'test("a", () => {}); after(() => { throw new Error("after"); });'],
  ["ends in the middle", 'test("a", () => {}); test("b", async () => { process.exit(0); }); test("c", () => {});'],
  ["is cut off", 'test("a", () => {}); test("b", () => process.kill(process.pid, "SIGKILL"));'],
  ["holds no test", ""],
] as const)
  test(`a file that ${name} is no success`, async () => {
    const { failed, report } = await run(text);
    assert.ok(failed > 0, report);
  });

test("a file that does not end is ended, with all it started", async () => {
  const pidFile = join(scratch, "pid");
  const outcome = await run(
    `import { spawn } from "node:child_process"; import { writeFileSync } from "node:fs";
     test("a", () => {});
     writeFileSync(${JSON.stringify(pidFile)}, String(spawn("sleep", ["300"], { stdio: "ignore" }).pid));`,
    3000,
  );
  assert.deepEqual(counts(outcome), [1, 1]);
  assert.match(outcome.report, /not done after 3 s/);
  const state = () => readFileSync(`/proc/${readFileSync(pidFile, "utf8")}/stat`, "utf8").split(" ")[2];
  try {
    assert.equal(state(), "Z");
  } catch (error) {
    assert.ok(error instanceof Error && "code" in error && error.code === "ENOENT", String(error));
  }
});

test("there being no LiveKit server to hold the contract against is excused only where there is no Go", () => {
  const bin = mkdtempSync(join(scratch, "bin-"));
  const path = process.env.PATH;
  process.env.PATH = bin;
  try {
    const missing = liveKitBinary(scratch);
    assert.ok("missing" in missing && missing.excused);
    writeFileSync(join(bin, "go"), "", { mode: 0o755 });
    const unbuilt = liveKitBinary(scratch);
    assert.ok("missing" in unbuilt && !unbuilt.excused);
  } finally {
    process.env.PATH = path;
  }
  mkdirSync(join(scratch, ".cache"));
  writeFileSync(join(scratch, ".cache", "livekit-server"), "");
  assert.ok("binary" in liveKitBinary(scratch));
});

test("tests beside the code are light, the others run alone; nothing of others' packages is run", () => {
  const { unit, endToEnd, contract } = testFiles(join(import.meta.dirname, "..", ".."), "");
  assert.ok(unit.includes("packages/supervisor/src/house.test.ts"));
  assert.ok(endToEnd.includes("tests/runner/runner.test.ts"));
  assert.ok(contract.includes("packages/sfu/contract/media.test.ts"));
  assert.ok([...unit, ...endToEnd, ...contract].every((file) => !file.includes("node_modules")));
});
