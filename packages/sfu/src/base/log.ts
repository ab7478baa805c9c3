import { type Logger, pino } from "pino";

export type Log = Logger;

/** NDJSON on stderr. Rooms, sids and reasons; never a name, a ticket or a secret. */
export const createLog = (level: string, part = "sfu"): Log =>
  pino(
    { level, base: { process: part, pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination(2),
  );
