/** `npm run newcomer`: what whoever comes with nothing gets to see. What it does: HELP in options.ts. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { endAll } from "./apart.ts";
import { HELP, optionsOf } from "./options.ts";
import { visit } from "./visit.ts";

const options = optionsOf(process.argv.slice(2));
if (options === null || options === "help") {
  console.log(HELP);
  process.exit(options === "help" ? 0 : 2);
}
if (process.getuid?.() !== 0) {
  console.error("A machine of its own takes mounts and a root of its own: run this as root.");
  process.exit(2);
}

const scratch = mkdtempSync(join(options.folder, "raadhuis-newcomer-"));

/** Leaves this machine as it was. */
const leave = async (): Promise<void> => {
  await endAll();
  // All mounts were in namespaces that are gone. Were one not, its files would be somebody's.
  const isMounted = readFileSync("/proc/self/mountinfo", "utf8").includes(` ${scratch}/`);
  if (isMounted) console.error(`Something is still mounted in ${scratch}: it stays.`);
  else if (!options.keep) rmSync(scratch, { recursive: true, force: true });
};

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.once(signal, () => void leave().finally(() => process.exit(143)));

try {
  process.exitCode = (await visit(options, scratch)) ? 0 : 1;
} finally {
  await leave();
}
