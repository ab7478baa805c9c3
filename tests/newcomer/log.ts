import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** All that is said, for people as it comes and for later. */
export interface Log {
  file: string;
  hear(said: Buffer): void;
  /** A sentence of our own. */
  say(sentence: string): void;
  /** Ends when all of it is in the file. */
  close(): Promise<void>;
}

export function openLog(file: string): Log {
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file);
  const hear = (said: Buffer) => {
    stream.write(said);
    process.stderr.write(said);
  };
  return {
    file,
    hear,
    say: (sentence) => hear(Buffer.from(`newcomer: ${sentence}\n`)),
    async close() {
      stream.end();
      await once(stream, "close");
    },
  };
}
