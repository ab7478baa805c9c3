import { openDoor } from "./far.ts";

/** A door as a process of its own, in whichever network it was started: from, port, to. */
const [from = "", port = "", to = ""] = process.argv.slice(2);
await openDoor(from, Number(port), to);
console.log("ready");
