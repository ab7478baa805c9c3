export { type Ask, askBy, pathTo, type Request, type Send } from "./http/ask.ts";
export { type Client, clientOf } from "./http/client.ts";
export type { Failure, Result } from "./http/result.ts";
