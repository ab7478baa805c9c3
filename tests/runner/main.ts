/** Runs the tests; bin/test does the set-up first. The last line is `N passed, N failed`. */
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { runOnCluster } from "./cluster.ts";
import { runContract } from "./contract.ts";
import { engines } from "./engines.ts";
import { testFiles } from "./files.ts";
import { END_TO_END_LIMIT, endOnSignal, Total, UNIT_LIMIT } from "./total.ts";

const root = dirname(dirname(import.meta.dirname));
process.chdir(root);
endOnSignal();
const pattern = process.argv[2] ?? "";
const { unit, endToEnd, contract } = testFiles(root, pattern);
const total = new Total();

await total.run(unit, availableParallelism(), UNIT_LIMIT);
for (const engine of engines) await runContract(total, engine, contract, root);
await total.run(endToEnd, 1, END_TO_END_LIMIT);
await runOnCluster(total, endToEnd, root);
total.end(pattern);
