/** `npm run contract`: what any LiveKit does, asked of our own media server and of a real LiveKit server. */
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { runContract } from "./contract.ts";
import { engines } from "./engines.ts";
import { testFiles } from "./files.ts";
import { endOnSignal } from "./signals.ts";
import { end, runStages } from "./stages.ts";

const HELP = `npm run contract -- [--engine ${engines.join("|")}] [parts of files' paths]
Both engines without --engine. LiveKit is built where Go is; RAADHUIS_TEST_LIVEKIT names a binary to use in its place.`;

const { values, positionals } = parseArgs({
  options: { engine: { type: "string" }, help: { type: "boolean", default: false } },
  allowPositionals: true,
});
const chosen = engines.filter((engine) => values.engine === undefined || engine === values.engine);
if (values.help || chosen.length === 0) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}
const root = dirname(dirname(import.meta.dirname));
process.chdir(root);
endOnSignal();
const { contract: files } = testFiles(root, positionals);
const steps = chosen.map((engine) => [
  { files, run: (some: readonly string[]) => runContract(engine, some, root), secondTry: true },
]);
end(await runStages(steps), positionals);
