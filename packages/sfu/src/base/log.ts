import { type Log, makeLog } from "@raadhuis/process";

export type { Log } from "@raadhuis/process";

/** Rooms, sids and reasons; never a name, a ticket or a secret. */
export const createLog = (level: string, part = "sfu"): Log => makeLog(level, { process: part });
