export * from "./children.ts";
export * from "./errors.ts";
export * from "./http.ts";
export * from "./names.ts";
export * from "./programme.ts";
export * from "./released.ts";
export * from "./settings.ts";
export * from "./socket.ts";
