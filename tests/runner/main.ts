/** Runs the tests; bin/test does the set-up first. The last line is `N passed, N failed`. */
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { meetingsOf, runOnCluster } from "./cluster.ts";
import { ofSeveralRooms, runContract, runOnProcesses } from "./contract.ts";
import { engines, liveKitBinary } from "./engines.ts";
import { testFiles } from "./files.ts";
import { END_TO_END_LIMIT, runFiles, UNIT_LIMIT } from "./run-files.ts";
import { endOnSignal } from "./signals.ts";
import { end, runStages, type Stage } from "./stages.ts";

const root = dirname(dirname(import.meta.dirname));
process.chdir(root);
endOnSignal();
const patterns = process.argv.slice(2);
const { unit, endToEnd, contract } = testFiles(root, patterns);

const liveKit = liveKitBinary(root);
/** Tests of other packages that hold themselves against a LiveKit server find it by this. */
const environment: Record<string, string> = "binary" in liveKit ? { RAADHUIS_TEST_LIVEKIT: liveKit.binary } : {};
const several = availableParallelism() > 1;
const asked = engines.map((engine) => ({
  files: contract,
  run: (files: readonly string[]) => runContract(engine, files, root),
  secondTry: true,
}));
const steps: Stage[][] = [
  [{ files: unit, run: (files) => runFiles(files, availableParallelism(), UNIT_LIMIT), secondTry: false }],
  // One engine's tests take three quarters of a core, and much of their time is waiting.
  ...(several ? [asked] : asked.map((stage) => [stage])),
  [{ files: ofSeveralRooms(contract), run: runOnProcesses, secondTry: true }],
  [{ files: endToEnd, run: (files) => runFiles(files, 1, END_TO_END_LIMIT, { environment }), secondTry: true }],
  [{ files: meetingsOf(endToEnd), run: (files) => runOnCluster(files, root), secondTry: true }],
];
end(await runStages(steps), patterns);
