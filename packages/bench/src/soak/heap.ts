import { question } from "./question.ts";

// Loaded into the media server before its own code (`--import`, with `--expose-gc`): tells what its heap holds when it is asked.

/** Objects of the engine are freed in turns of the event loop after V8 has let go of them, ms. */
const freedWithin = 300;

process.on("message", (message) => {
  if (message !== question) return;
  globalThis.gc?.();
  setTimeout(() => {
    globalThis.gc?.();
    process.send?.({ heapBytes: process.memoryUsage().heapUsed });
  }, freedWithin);
});
