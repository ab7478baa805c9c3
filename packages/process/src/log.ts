import { type Logger, pino } from "pino";

export type Log = Logger;

/** Lines that wait for a full disk or a slow terminal, bytes; what comes then is lost. */
const MOST_WAITING_BYTES = 1024 * 1024;

/** Of whom a line is: the process by its name, and the meeting where it has but one. */
export interface Logs {
  process: string;
  meeting?: string;
}

/**
 * NDJSON on stderr, or into a file: `level`, `time` (ms), `process`, `pid`, `msg`. What is logged is ids, codes and counts:
 * never a name, a link, a secret, nor an address with its query. Errors are written with their stack; whoever throws keeps
 * secrets out of messages. Where logs go may be full: then lines are lost, not the process.
 */
export function makeLog(level: string, of: Logs, file: string | number = 2): Log {
  const out = pino.destination({ dest: file, sync: true, maxLength: MOST_WAITING_BYTES });
  // pino tries again with the next line.
  out.on("error", () => {});
  const redact = { paths: ["*.headers", "*.url", "err.config"], remove: true };
  return pino({ level, base: { ...of, pid: process.pid }, redact }, out);
}
