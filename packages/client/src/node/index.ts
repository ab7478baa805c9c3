export { Jar } from "./jar.ts";
export { Visit } from "./visit.ts";
