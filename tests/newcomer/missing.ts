/** What programs say when another one, or a file of one, is not there. */
const COMPLAINTS: readonly RegExp[] = [
  // Node
  /spawn(?:Sync)? (\S+) ENOENT/g,
  // Puppeteer
  /Browser was not found at the configured executablePath \(([^)]+)\)/g,
  // dash; bash
  /(?:^|\s)\S*sh: (?:\d+|line \d+): (?:exec: )?(\S+): not found/gm,
  /(?:^|\s)\S+: line \d+: (\S+): (?:command not found|No such file or directory)/gm,
  // ip netns exec; unshare, nsenter, setpriv; env
  /exec of "([^"]+)" failed: No such file/g,
  /failed to execute (\S+): No such file/g,
  /env: ['‘]?([^'’:\s]+)['’]?: No such file/g,
  // make
  /make(?:\[\d+\])?: (\S+): No such file/g,
  // the dynamic linker
  /error while loading shared libraries: ([^:\s]+): cannot open/g,
  // apt-get
  /E: Unable to locate package (\S+)/g,
  /E: Package '([^']+)' has no installation candidate/g,
];

/** Set-up says of itself what it lacks, with the code of it. */
const BY_SET_UP = /raadhuis: (.*\[\w+\.missing\])/g;

/** A test that does not run says why, and so does a whole part of them, in these words of the runner. */
const SKIPPED: readonly RegExp[] = [/^\s*skipped \((.+)\): /gm, /^\S.*: skipped: (.+)$/gm];

/** What was missing on a machine, read from all that was said there. */
export interface Missing {
  /** Programs, files and packages, by name. */
  things: string[];
  /** Sentences of set-up. */
  sentences: string[];
  /** Reasons for which tests did not run; no fault as such. */
  skipped: string[];
}

export function missingIn(said: string): Missing {
  const found = (patterns: readonly RegExp[]) => [
    ...new Set(patterns.flatMap((pattern) => [...said.matchAll(pattern)].map(([, name = ""]) => name))),
  ];
  return {
    things: found(COMPLAINTS).sort(),
    sentences: found([BY_SET_UP]),
    skipped: found(SKIPPED).sort(),
  };
}
