export * from "./egressRuntime.ts";
export * from "./messages.ts";
export * from "./programme.ts";
