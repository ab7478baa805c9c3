import { dispose } from "@livekit/rtc-node";
import { askBy, clientOf, orThrow } from "@raadhuis/client";
import { officeConnection, Visit } from "@raadhuis/client/node";
import { endBy, failed, makeLog, tell } from "@raadhuis/process";
import { settingsOf } from "@raadhuis/protocol/settings";
import { Conductor } from "./conductor.ts";
import { Face } from "./face.ts";
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
const log = makeLog(settings.log, { process: "demo" });
const members: Member[] = [];
let conductor: Conductor | undefined;

async function end(): Promise<void> {
  // Leaving properly is a courtesy: nobody waits for it longer than this.
  setTimeout(() => process.exit(0), 2_000).unref();
  conductor?.stop();
  await Promise.allSettled(members.map((member) => member.leave()));
  await dispose();
  process.exit(0);
}
endBy(() => void end());

const count = Number(process.env.RAADHUIS_DEMO_PEOPLE ?? 3);
const setUpLink = process.env.RAADHUIS_DEMO_SETUP_LINK;
const chamber = settings.chamber.url;
const visit = new Visit(chamber);
const client = clientOf(askBy(visit.send));
/** Never what was said: there are names in it. */
const report = (error: unknown): void =>
  log.error({ error: error instanceof Error ? error.name : typeof error }, "what the house said was not understood");
try {
  const memory = await sampleBody(client, { chamber, data: settings.data, setUpLink, now: Date.now() });
  const { zone: timeZone } = orThrow(await client.house.get());
  const seats = syntheticSeats(memory, count);
  tell({ type: "demo", links: await linksOf(client, memory, seats) });
  const media = await openPassage(chamber);
  for (const [index, seat] of seats.entries()) {
    const face = new Face(seat.name ?? "", "Raadslid", { hue: (index * 137 + 200) % 360, timeZone });
    const voice = new Voice(180 + index * 70, index, seats.length);
    const member = await Member.takeSeat(seat, { chamber, media, face, voice, report });
    members.push(member);
  }
  if (members.length > 0 && process.env.RAADHUIS_DEMO_PLANNED !== "1") {
    conductor = new Conductor(
      officeConnection(visit, memory.meeting, { report }),
      seats.map(({ seat }) => seat),
    );
    conductor.start();
  }
  log.info({ meeting: memory.meeting, people: members.length }, "the demo's people are on their way");
} catch (error) {
  if (error instanceof RealBody) {
    failed({ code: "demo.real-body", message: error.message, final: true });
  } else {
    const message = error instanceof Error ? error.message : String(error);
    failed({ code: "demo.failed", message, final: false });
  }
}
