import { type Logger, pino } from "pino";

export type Log = Logger;

/** NDJSON on stderr. Rooms, sids and reasons; never a name, a ticket or a secret. */
export const createLog = (level: string, part = "sfu"): Log =>
  pino({ level, base: { process: part, pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, destination());

/** Where logs go may be full: then lines are lost, not the process. pino tries again with the next one. */
function destination() {
  const out = pino.destination({ dest: 2, sync: true, maxLength: 1024 * 1024 });
  out.on("error", () => {});
  return out;
}
