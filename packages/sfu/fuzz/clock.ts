import { createSocket } from "node:dgram";

/**
 * What the witness measures, without a media server: datagrams to itself, 50 a second. Says once a second on stdout, as
 * JSON, the longest pause between two that arrived. What it waits, everybody on this machine waits.
 */
export interface Tick {
  gap: number;
}

const socket = createSocket("udp4");
await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
const { port } = socket.address();
let last = performance.now();
let gap = 0;

socket.on("message", () => {
  const now = performance.now();
  gap = Math.max(gap, now - last);
  last = now;
});
setInterval(() => socket.send("tick", port, "127.0.0.1"), 20);
setInterval(() => {
  const tick: Tick = { gap: Math.max(gap, performance.now() - last) };
  console.log(JSON.stringify(tick));
  gap = 0;
}, 1000);

process.once("SIGTERM", () => process.exit(0));
process.once("disconnect", () => process.exit(0));
