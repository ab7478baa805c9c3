export * from "./given.ts";
export * from "./names.ts";
export * from "./settings.ts";
