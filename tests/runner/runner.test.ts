import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ofSeveralRooms } from "./contract.ts";
import { liveKitBinary } from "./engines.ts";
import { testFiles } from "./files.ts";
import { optionsOf } from "./options.ts";
import { apartOf, planFor, promisedOf } from "./plan.ts";
import { repeat } from "./repeat.ts";
import { runFile } from "./run-file.ts";
import { cannotRun, runFiles } from "./run-files.ts";
import { slowestOf, timeOf } from "./slowest.ts";
import { MOST_SECOND_TRIES, runStages, type Stage } from "./stages.ts";

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
  ["breaks after a suite", 'suite("s", () => { test("a", () => {}); after(() => { throw new Error("after"); }); });'],
  ["breaks in making a suite", 'suite("s", () => { throw new Error("making"); });'],
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

test("tests beside the code are light, the others are not; nothing of others' packages is run", () => {
  const { unit, components, endToEnd, contract } = testFiles(join(import.meta.dirname, "..", ".."), []);
  assert.ok(components.includes("packages/web/src/design/parts/AskButton.test.tsx"));
  assert.ok(
    [...unit, ...endToEnd, ...contract].every((file) => !file.endsWith(".tsx")),
    "Node runs no TSX",
  );
  assert.ok(unit.includes("packages/supervisor/src/house.test.ts"));
  assert.ok(endToEnd.includes("tests/runner/runner.test.ts"));
  assert.ok(contract.includes("packages/sfu/contract/media.test.ts"));
  assert.equal(ofSeveralRooms(contract).length, 4);
  assert.ok([...unit, ...components, ...endToEnd, ...contract].every((file) => !file.includes("node_modules")));
});

/** A file of two tests; the second of them fails so many times before it passes, or has this body. */
function unlucky(failures: number, then = "") {
  const file = join(scratch, `unlucky-${++count}.test.mjs`);
  const counter = JSON.stringify(`${file}.tries`);
  writeFileSync(
    file,
    `${IMPORTS}import { appendFileSync, readFileSync } from "node:fs";
     appendFileSync(${counter}, ".");
     const tries = readFileSync(${counter}, "utf8").length;
     test("a", () => {});
     if (tries <= ${failures}) test("b", () => assert.fail("in try " + tries));
     else { ${then || 'test("b", () => {});'} }`,
  );
  return { file, tries: () => readFileSync(`${file}.tries`, "utf8").length };
}

async function judge(files: readonly string[], more: Partial<Stage> = {}) {
  const printed: string[] = [];
  const print = (text: string) => printed.push(text);
  const run: Stage["run"] = (some) => runFiles(some, 2, 60_000, { on: "trial", print });
  const verdict = await runStages([[{ files, run, secondTry: true, ...more }]], print);
  return { verdict, printed: printed.join("\n") };
}

test("a file that fails and passes when it is run once more has passed, is named, and both runs are shown", async () => {
  const [good, bad] = [unlucky(0), unlucky(1)];
  const { verdict, printed } = await judge([good.file, bad.file]);
  assert.deepEqual(verdict, {
    passed: 4,
    failed: 0,
    remarks: [`passed only at the second try: ${bad.file} on trial`],
  });
  assert.deepEqual([good.tries(), bad.tries()], [1, 2]);
  assert.match(printed, /FAILED: b[\s\S]*in try 1[\s\S]*is run once more[\s\S]*ok: b/);
});

test("a file that fails twice has failed, and is not run a third time", async () => {
  const bad = unlucky(9);
  const { verdict, printed } = await judge([bad.file]);
  assert.deepEqual(verdict, { passed: 1, failed: 1, remarks: [`failed: ${bad.file} on trial`] });
  assert.equal(bad.tries(), 2);
  assert.match(printed, /in try 1[\s\S]*in try 2/);
});

for (const [what, then] of [
  ["leaves out what failed", 'test.skip("b", () => {});'],
  ["crashes", "process.exit(0);"],
] as const)
  test(`a second try that ${what} is no success`, async () => {
    const { verdict } = await judge([unlucky(1, then).file]);
    assert.deepEqual(counts(verdict), [1, 1]);
  });

test("light tests get no second try, nor does what could not be run at all", async () => {
  const bad = unlucky(1);
  assert.deepEqual(counts((await judge([bad.file], { secondTry: false })).verdict), [1, 1]);
  assert.equal(bad.tries(), 1);
  let runs = 0;
  const run = async () => {
    runs += 1;
    return [cannotRun("an engine")];
  };
  const { verdict } = await judge(["x"], { run });
  assert.deepEqual([runs, verdict], [1, { passed: 0, failed: 1, remarks: ["failed: an engine"] }]);
});

test("more files that fail than bad luck explains have failed, and none is run again", async () => {
  const all = Array.from({ length: MOST_SECOND_TRIES + 1 }, () => unlucky(1));
  const { verdict } = await judge(all.map(({ file }) => file));
  assert.deepEqual(counts(verdict), [all.length, all.length]);
  assert.match(verdict.remarks.join(), /6 files failed, which is no bad luck/);
  assert.ok(all.every(({ tries }) => tries() === 1));
});

test("the ten slowest of many files are named, slowest first, and how long a long run took", () => {
  const took = (ms: number) => ({ ...cannotRun(`file ${ms}`), ms });
  const some = [3000, 1500, 12_345, 7, 8, 9, 10, 11, 12, 13].map(took);
  assert.deepEqual(slowestOf(some), []);
  const lines = slowestOf([...some, took(6)]);
  assert.deepEqual(lines.slice(0, 3), ["slowest files:", "  12.3 s file 12345", "  3.0 s file 3000"]);
  assert.deepEqual([lines.length, lines.join().includes("file 6")], [11, false]);
  assert.deepEqual([59_000, 119_600, 754_000].map(timeOf), [[], ["took 2 min 0 s"], ["took 12 min 34 s"]]);
});

test("files beside each other look for their houses' ports in other places, a file alone where it always does", async () => {
  const file = join(scratch, "ports.test.mjs");
  const out = JSON.stringify(join(scratch, "ports"));
  // Each waits for the other, so that neither worker takes both.
  const text = `import { appendFileSync, readFileSync } from "node:fs";
    test("a", async () => {
      appendFileSync(${out}, (process.env.RAADHUIS_TEST_PORTS ?? "where always") + "\\n");
      while (readFileSync(${out}, "utf8").split("\\n").length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    });`;
  writeFileSync(file, IMPORTS + text);
  const results = await runFiles([file, file], 2, 60_000, { print: () => {} });
  assert.deepEqual(
    results.map(({ passed }) => passed),
    [1, 1],
  );
  const here = process.env.RAADHUIS_TEST_PORTS;
  const ports = readFileSync(join(scratch, "ports"), "utf8").trim().split("\n").sort();
  assert.deepEqual(ports, [`${Number(here ?? 27_000) + 1000}`, here ?? "where always"].sort());
});

test("what has cameras or is measured runs alone, what mostly waits beside others, and nothing is left out", () => {
  const root = join(import.meta.dirname, "..", "..");
  const { endToEnd } = testFiles(root, []);
  const { alone, beside } = apartOf(endToEnd);
  assert.deepEqual([...alone, ...beside].sort(), endToEnd);
  for (const file of ["packages/egress/src/starved.e2e.test.ts", "packages/egress/src/main.e2e.test.ts"])
    assert.ok(alone.includes(file), file);
  for (const file of ["packages/egress/src/stop.e2e.test.ts", "tests/stalled.test.ts", "tests/runner/runner.test.ts"])
    assert.ok(beside.includes(file), file);
  // Whoever has a picture of their own to be known by, or notes moments.
  const measures = /from "\.\/lib\/(signals|moments)\.ts"/;
  assert.deepEqual(
    beside.filter((file) => measures.test(readFileSync(join(root, file), "utf8"))),
    [],
  );
});

test("what is asked for is understood, and what is not is said", () => {
  assert.deepEqual(optionsOf(["--all"]), { all: true, repeat: 0, patterns: [] });
  assert.deepEqual(optionsOf(["--repeat", "5", "doors"]), { all: false, repeat: 5, patterns: ["doors"] });
  assert.throws(() => optionsOf(["--repeat", "5"]), /which files/);
  assert.throws(() => optionsOf(["--repeat", "often", "doors"]), /a number up to 999, and not often/);
  assert.throws(() => optionsOf(["--al"]), /--al/);
});

test("what is promised is shown without asking; media servers, clusters and networks are for all tests", () => {
  const root = join(import.meta.dirname, "..", "..");
  const all = testFiles(root, []);
  const promised = promisedOf(all);
  assert.deepEqual([promised.unit, promised.contract], [all.unit, []]);
  for (const file of ["tests/meeting.test.ts", "tests/doors.test.ts", "packages/egress/src/main.e2e.test.ts"])
    assert.ok(promised.endToEnd.includes(file), file);
  const long = ["tests/cluster.test.ts", "tests/lines.test.ts", "packages/bench/src/largeRoom.e2e.test.ts"];
  for (const file of [...long, "packages/egress/src/starved.e2e.test.ts"])
    assert.deepEqual([all.endToEnd.includes(file), promised.endToEnd.includes(file)], [true, false], file);
  const filesOf = (everywhere: boolean) =>
    planFor(all, root, everywhere)
      .flat()
      .flatMap(({ files }) => files);
  assert.equal(filesOf(true).length - filesOf(false).length, 6, "two on a cluster, four on PostgreSQL");
  const twice = filesOf(false).filter((file) => file === "packages/server/src/meetings/socket.test.ts");
  assert.equal(twice.length, 2, "meetings are held on both databases");
});

test("a file that is repeated is told of with how often it failed, and has no second try", async () => {
  const bad = unlucky(2);
  const run: Stage["run"] = (some) => runFiles(some, 1, 60_000, { on: "trial", print: () => {} });
  const verdict = await repeat([[{ files: [bad.file], run, secondTry: true }]], 5);
  assert.equal(bad.tries(), 5);
  assert.deepEqual(counts(verdict), [8, 2]);
  assert.match(verdict.remarks.join(), /^failed 2 of 5 times: too often \(\d+ to \d+ s\): .* on trial$/);
});
