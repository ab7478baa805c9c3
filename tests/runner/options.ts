import { parseArgs } from "node:util";

export const HELP = `bin/test [--all] [--repeat N] [PART OF A PATH ...]
Runs what shows that the product keeps its promises.
  PART OF A PATH   runs every test file whose path contains one of these
  --all            runs every test: media servers held against a LiveKit server, clusters, networks, loads, too
  --repeat N       runs each of these files N times, with no second try, and says how often it failed`;

export interface Options {
  all: boolean;
  /** 0: once, with a second try where one is due. */
  repeat: number;
  /** Parts of paths; none: no file is picked by its path. */
  patterns: readonly string[];
}

/** What is wrong with it as an error's message. */
export function optionsOf(args: readonly string[]): Options | "help" {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      all: { type: "boolean", default: false },
      repeat: { type: "string", default: "0" },
      help: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  if (values.help) return "help";
  if (!/^\d{1,3}$/.test(values.repeat)) throw new Error(`--repeat takes a number up to 999, and not ${values.repeat}.`);
  const repeat = Number(values.repeat);
  if (repeat > 0 && positionals.length === 0) throw new Error("--repeat wants to know which files.");
  return { all: values.all, repeat, patterns: positionals };
}
