/** How a function is given what it runs: a program and its arguments, one array of both, or both from an argument on. */
export type Runner = { program: number } | { command: number } | { from: number };

/** Of node:child_process. `fork` runs a module of ours; `exec` takes a line of shell and is not to be used. */
export const OF_NODE: Readonly<Record<string, Runner>> = {
  spawn: { program: 0 },
  spawnSync: { program: 0 },
  execFile: { program: 0 },
  execFileSync: { program: 0 },
};

/**
 * Functions of ours that run what they are given: whoever calls them is looked at as if they ran it themselves. Those of a file
 * are known by the import of them; `anywhere` by their name, because it is a method or is itself handed on.
 */
export const RUNNERS: Readonly<Record<string, Readonly<Record<string, Runner & { anywhere?: true }>>>> = {
  "bin/lib/run.mjs": { run: { program: 0 } },
  "packages/bench/src/join/far.ts": { run: { command: 0 } },
  "packages/sfu/contract/kit/networks.ts": { startProgram: { program: 0, anywhere: true } },
  "tests/lib/media.ts": { run: { program: 0 } },
  "tests/lib/sink.ts": { lines: { command: 0 }, within: { from: 1 } },
  "tests/newcomer/apart.ts": { startApart: { command: 0 }, runApart: { command: 0, anywhere: true } },
};

/** Names, in those functions, of what they are given. */
export const GIVEN = new Set(["program", "command", "args"]);
/** Commands by which others are run, put before them: looked at where they are made. */
export const THROUGH = new Set(["through", "prefix"]);

/** Expressions that are programs which no package brings: the runtime, what is built here, what set-up brought. */
export const OURS: Readonly<Record<string, readonly string[]>> = {
  "bin/in-runtime.mjs": ["node"],
  "bin/lib/medooze.mjs": ["runtime.node"],
  "packages/bench/src/join/far.ts": ["compiled()"],
  "tests/lib/livekit.ts": ["binary"],
};

/** Of the programs on the list those that run another one, named behind their options. `ip` does, too. */
export const RUN_ANOTHER = new Set(["nsenter", "setpriv", "unshare"]);
export const SHELLS = new Set(["sh", "bash"]);

/** Those of RUNNERS that are known by their name. */
export const ANYWHERE: ReadonlyMap<string, Runner> = new Map(
  Object.values(RUNNERS).flatMap((functions) => Object.entries(functions).filter(([, { anywhere }]) => anywhere)),
);
