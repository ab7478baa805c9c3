export * from "./lift.ts";
export * from "./read.ts";
export * from "./seal.ts";
export { StoredEvent } from "./stored.ts";
export * from "./verify.ts";
