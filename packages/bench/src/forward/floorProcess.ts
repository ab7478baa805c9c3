import { createRequire } from "node:module";
import { z } from "zod";
import { framesPerSecond, preparedMedia } from "../load/media.ts";

/** The floor as a process of its own: told where to send, it encrypts and sends prepared media there in real time. */
const Order = z.object({ addon: z.string(), address: z.string(), ports: z.array(z.number()), seconds: z.number() });

const headers = { audio: 12, video: 16 };

process.on("message", (raw) => {
  const { addon, address, ports, seconds } = Order.parse(raw);
  const run: (
    address: string,
    ports: Uint16Array,
    times: Uint32Array,
    sizes: Uint16Array,
    loop: number,
    length: number,
  ) => void = createRequire(import.meta.url)(addon);
  const { video, audio } = preparedMedia();
  const loop = (video.length / framesPerSecond) * 1e6;
  const packets = [
    ...video.flatMap((payloads, frame) =>
      payloads.map(({ length }) => ({ at: (frame / framesPerSecond) * 1e6, size: length + headers.video })),
    ),
    ...audio.map(({ length }, block) => ({ at: block * 20_000, size: length + headers.audio })),
  ]
    .filter(({ at }) => at < loop)
    .sort((one, other) => one.at - other.at);
  const times = Uint32Array.from(packets, ({ at }) => at);
  run(
    address,
    Uint16Array.from(ports),
    times,
    Uint16Array.from(packets, ({ size }) => size),
    loop,
    seconds * 1e6,
  );
});
process.on("disconnect", () => process.exit(0));
