export * from "./host.ts";
export * from "./wrongDoor.ts";
