// Runs a script in the pinned runtime, whatever Node this is, after the set-up it needs:
//   node bin/in-runtime.mjs [--for=install|start|test|bench|newcomer] script [arguments]
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { reportAndExit } from "./lib/errors.mjs";
import { root } from "./lib/paths.mjs";
import { setUp } from "./lib/steps.mjs";

const given = process.argv.slice(2);
const level = given[0]?.startsWith("--for=") ? given.shift()?.slice("--for=".length) : "install";
// Whoever only asks how a script is called need not wait until all is there that it wants.
const node = await setUp(given.includes("--help") ? "install" : level).catch(reportAndExit);

const child = spawn(node, given, { stdio: "inherit", cwd: root });
for (const signal of /** @type {const} */ (["SIGTERM", "SIGINT", "SIGHUP"]))
  process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? "SIGKILL"]));
