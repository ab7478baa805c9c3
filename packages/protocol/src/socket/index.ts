export * from "./health.ts";
export * from "./limits.ts";
export * from "./messages.ts";
export * from "./streams.ts";
