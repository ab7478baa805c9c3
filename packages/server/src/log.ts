import * as ground from "@raadhuis/process";

export type Log = ground.Log;

export const makeLog = (level: string): Log => ground.makeLog(level, { process: "server" });
