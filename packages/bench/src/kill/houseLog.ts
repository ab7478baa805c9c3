import { z } from "zod";

/** What the house's log (level info) tells of its media server. `time`: pino's, a number or ISO 8601. */
const Line = z.object({
  process: z.string(),
  pid: z.int(),
  time: z.union([z.number(), z.iso.datetime().transform((text) => Date.parse(text))]),
  msg: z.string(),
  child: z.string().optional(),
  childPid: z.int().optional(),
  pause: z.number().nullish(),
});
type Line = z.infer<typeof Line>;

/** All lines of a house's log that are well formed, in their order. */
function linesOf(log: string): Line[] {
  return log.split("\n").flatMap((text) => {
    try {
      return [Line.parse(JSON.parse(text))];
    } catch {
      return []; // half a line, or somebody else's
    }
  });
}

/** The media server that has begun last: its pid, when it listened (ms since 1970) and how long the supervisor had waited before it. `undefined`: none listens. */
export function mediaServerOf(log: string): { pid: number; listensAt: number; pause: number } | undefined {
  const lines = linesOf(log);
  const started = lines.findLast(({ child, msg }) => child === "sfu" && msg === "child started");
  const ready = lines.findLast(
    ({ process, pid, msg }) => process === "sfu" && pid === started?.childPid && msg === "ready",
  );
  const ended = lines.findLast(({ child, msg }) => child === "sfu" && msg === "child ended");
  if (!ready || (ended && ended.childPid === ready.pid)) return undefined;
  return { pid: ready.pid, listensAt: ready.time, pause: ended?.pause ?? 0 };
}

/** Whether a spare has loaded all it needs and waits to take the place of this one. */
export function spareWaits(log: string, { pid }: { pid: number }): boolean {
  const lines = linesOf(log);
  const begun = lines.findLastIndex((line) => line.process === "sfu" && line.pid === pid && line.msg === "ready");
  return lines
    .slice(begun + 1)
    .some((line) => line.process === "sfu" && line.pid !== pid && line.msg === "spare waits");
}
