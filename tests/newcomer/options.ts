import { tmpdir } from "node:os";
import { parseArgs } from "node:util";

export const HELP = `npm run newcomer -- [--only start|test] [--test PATH ...] [--with-go] [--keep] [--folder FOLDER]
Sets up the smallest Debian 12 with Node 20 and git, and nothing else, clones this checkout's HEAD there, runs
bin/start --demo and bin/test as somebody would who has just come, and says what was missing. As root; it takes as
long as the compiler and all tests take.
  --only      one of the two
  --test      runs only tests whose path contains this; may be said several times
  --with-go   with the Go of this machine, to build what tests are held against
  --keep      keeps the machine's folder; this machine's ways to registries are in it, with their passwords
  --folder    where to make it (${tmpdir()})`;

export interface Options {
  start: boolean;
  test: boolean;
  /** Arguments of bin/test. */
  paths: readonly string[];
  withGo: boolean;
  keep: boolean;
  folder: string;
}

/** `null`: they mean nothing. */
export function optionsOf(args: readonly string[]): Options | "help" | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      test: { type: "string", multiple: true, default: [] },
      "with-go": { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      folder: { type: "string", default: tmpdir() },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const { only, test: paths, keep, folder } = values;
  if (only !== undefined && only !== "start" && only !== "test") return null;
  if (only === "start" && paths.length > 0) return null;
  return { start: only !== "test", test: only !== "start", paths, withGo: values["with-go"], keep, folder };
}
