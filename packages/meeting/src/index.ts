export type { Context, Decision } from "./command.ts";
export * from "./event.ts";
export * from "./ids.ts";
export * from "./programme.ts";
export { type Refusal, type RefusalCode, refusalCodes } from "./refusal.ts";
export * from "./rights.ts";
export * from "./state.ts";
export * from "./words.ts";
