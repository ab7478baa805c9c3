export { endBy, failed, ready, tell } from "./child.ts";
export { type Log, makeLog } from "./log.ts";
export { Serial, SerialByKey } from "./serial.ts";
