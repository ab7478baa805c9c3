export { type ApiRequest, type Ask, askBy, pathTo, type Send } from "./http/ask.ts";
export { type Client, clientOf } from "./http/client.ts";
export { type Failure, orThrow, Refused, type Result } from "./http/result.ts";
export { pauseBefore } from "./meeting/backoff.ts";
export {
  type Ending,
  MeetingConnection,
  type Snapshot,
  type Socket,
  type Surroundings,
  type WakeUps,
  type Welcome,
} from "./meeting/connection.ts";
export { type Folded, nothing } from "./meeting/folded.ts";
export type { Stream, Streams } from "./meeting/streamed.ts";
export type { Answer } from "./meeting/unanswered.ts";
export { isOver, until } from "./meeting/until.ts";
