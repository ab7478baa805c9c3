import { dispose } from "@livekit/rtc-node";
import type { FromChild } from "@raadhuis/protocol/children";
import { House } from "@raadhuis/protocol/http";
import { settingsOf } from "@raadhuis/protocol/settings";
import { pino } from "pino";
import { Client } from "./client.ts";
import { Conductor } from "./conductor.ts";
import { Face } from "./face.ts";
import { Line } from "./line.ts";
import { Member } from "./member.ts";
import { openPassage } from "./passage.ts";
import { linksOf, RealBody, sampleBody, syntheticSeats } from "./sample.ts";
import { Voice } from "./voice.ts";

/**
 * The demo's process: makes a sample body by the server's own API, tells its links to the supervisor, lets
 * RAADHUIS_DEMO_PEOPLE synthetic members take part, and leads their meeting until somebody else does (not with
 * RAADHUIS_DEMO_PLANNED=1). Ends when its IPC channel closes.
 */
const parsed = settingsOf(process.env);
if ("problems" in parsed) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
const { settings } = parsed;
const log = pino(
  { level: settings.log, base: { process: "demo" } },
  pino.destination({ dest: 2, sync: true, maxLength: 1024 * 1024 }).on("error", () => {}),
);
const members: Member[] = [];
let conductor: Conductor | undefined;

const tell = (message: FromChild): void => {
  process.send?.(message);
};

async function end(): Promise<void> {
  // Leaving properly is a courtesy: nobody waits for it longer than this.
  setTimeout(() => process.exit(0), 2_000).unref();
  conductor?.stop();
  await Promise.allSettled(members.map((member) => member.leave()));
  await dispose();
  process.exit(0);
}
process.on("disconnect", () => void end());
process.on("SIGTERM", () => void end());

const count = Number(process.env.RAADHUIS_DEMO_PEOPLE ?? 3);
const setUpLink = process.env.RAADHUIS_DEMO_SETUP_LINK;
const client = new Client(settings.chamber.url);
try {
  const memory = await sampleBody(client, { data: settings.data, setUpLink, now: Date.now() });
  const { zone: timeZone } = await client.get("/api/house", House);
  const seats = syntheticSeats(memory, count);
  tell({ type: "demo", links: await linksOf(client, memory, seats) });
  const media = await openPassage(settings.chamber.url);
  for (const [index, seat] of seats.entries()) {
    const face = new Face(seat.name ?? "", "Raadslid", { hue: (index * 137 + 200) % 360, timeZone });
    const voice = new Voice(180 + index * 70, index, seats.length);
    const member = await Member.takeSeat(seat, {
      chamber: settings.chamber.url,
      media,
      face,
      voice,
    });
    members.push(member);
  }
  if (members.length > 0 && process.env.RAADHUIS_DEMO_PLANNED !== "1") {
    const line = new Line(client, `/api/office/meetings/${memory.meeting}/socket`);
    conductor = new Conductor(
      line,
      seats.map(({ seat }) => seat),
    );
    conductor.start();
  }
  log.info({ meeting: memory.meeting, people: members.length }, "the demo's people are on their way");
} catch (error) {
  if (error instanceof RealBody) {
    tell({ type: "failed", code: "demo.real-body", message: error.message, final: true });
  } else {
    const message = error instanceof Error ? error.message : String(error);
    tell({ type: "failed", code: "demo.failed", message, final: false });
  }
  process.disconnect?.();
}
