import { connect } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

/**
 * A thread of its own that opens a meeting's socket and sends frames as fast as the connection takes them, up to a rate,
 * and reads whatever comes. Says `open` when it is, and the close code (or `null`) when it was closed.
 */
export interface Flood {
  port: number;
  path: string;
  cookie: string;
  origin: string;
  /** Sent once, at the start. */
  hello: string;
  /** Sent again and again: one frame's payload and first byte (RFC 6455, 5.2). */
  frame: { head: number; payload: string };
  /** Sent first: the beginning of a message that has no end, for continuation frames. */
  first?: { head: number; payload: string };
  bytesPerSecond: number;
}

const { port, path, cookie, origin, hello, frame, first, bytesPerSecond }: Flood = workerData;

/** A masked frame, its mask all zeros. */
function frameOf({ head, payload }: Flood["frame"]): Buffer {
  const data = Buffer.from(payload);
  const length = data.length < 126 ? [0x80 | data.length] : [0x80 | 126, data.length >> 8, data.length & 0xff];
  return Buffer.concat([Buffer.from([head, ...length, 0, 0, 0, 0]), data]);
}

const TICK_MS = 20;
const one = frameOf(frame);
const many = Buffer.concat(Array(Math.ceil((bytesPerSecond * TICK_MS) / 1000 / one.length)).fill(one));

const socket = connect({ port, host: "localhost", noDelay: true });
socket.write(
  [
    `GET ${path} HTTP/1.1`,
    `host: localhost:${port}`,
    `origin: ${origin}`,
    `cookie: ${cookie}`,
    "connection: Upgrade",
    "upgrade: websocket",
    "sec-websocket-version: 13",
    "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==",
    "\r\n",
  ].join("\r\n"),
);

let timer: NodeJS.Timeout | undefined;
let tail = Buffer.alloc(0);
let opened = false;
socket.on("data", (data) => {
  tail = Buffer.concat([tail, data]).subarray(-256);
  if (opened) return;
  opened = true;
  parentPort?.postMessage(tail.includes(" 101 ") ? "open" : String(tail).slice(0, 12));
  socket.write(frameOf({ head: 0x81, payload: hello }));
  if (first) socket.write(frameOf(first));
  timer = setInterval(() => {
    if (!socket.writableNeedDrain) socket.write(many);
  }, TICK_MS);
});
socket.on("error", () => undefined);
socket.on("close", () => {
  clearInterval(timer);
  // The last frame: its first byte, its length, its code.
  const at = tail.lastIndexOf(0x88);
  parentPort?.postMessage({ code: at >= 0 && at + 3 < tail.length ? tail.readUInt16BE(at + 2) : null });
});
