import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { dispose } from "@livekit/rtc-node";
import type { ProgrammeOrder } from "@raadhuis/protocol/children";
import { foldersOf } from "./folders.ts";
import { Ledger } from "./ledger.ts";
import { endOf, initName, mediaName } from "./segment.ts";
import { EgressProcess } from "./testing/egressProcess.ts";
import { MEETING, slateOrder } from "./testing/house.ts";
import { coloursOf } from "./testing/measure.ts";
import { startOurs } from "./testing/mediaServer.ts";
import { type Colour, Publisher, ticket } from "./testing/publisher.ts";

const PORT = 23600;
const ROOM = `${MEETING}-1`;
const GREEN: Colour = [110, 90, 80];
const RED: Colour = [110, 100, 200];
const near =
  ([, u, v]: Colour) =>
  (colour: Colour): boolean =>
    Math.abs(colour[1] - u) < 8 && Math.abs(colour[2] - v) < 8;

after(() => dispose());

test("killed and started again, the media server gets egress back by itself, and the stream has no gap", {
  timeout: 300_000,
}, async (context) => {
  const data = await mkdtemp(join(tmpdir(), "raadhuis-egress-"));
  const folders = foldersOf(data, MEETING);
  let server = await startOurs(PORT);
  const { url, key, secret } = server;
  const egress = await EgressProcess.start(MEETING, {
    RAADHUIS_DATA: data,
    RAADHUIS_LOG: "info",
    LIVEKIT_URL: url,
    LIVEKIT_API_KEY: key,
    LIVEKIT_API_SECRET: secret,
  });
  const people: Publisher[] = [];
  context.after(async () => {
    await egress.kill("SIGKILL");
    await server.stop();
    await Promise.all(people.map((person) => person.leave()));
    await rm(join(folders.unreleased, ".."), { recursive: true, force: true });
    await rm(data, { recursive: true });
  });
  const join_ = async (colour: Colour, identity: string): Promise<void> => {
    const person = new Publisher({ colour, tone: 600 });
    people.push(person);
    await person.join(server, ROOM, identity);
  };

  const at = Date.now();
  /** The same state told again, with a fresh ticket, as every few seconds. */
  const tell = async (): Promise<boolean> => {
    const scene: ProgrammeOrder["scene"] = {
      kind: "live",
      epoch: 1,
      room: ROOM,
      token: await ticket(server, ROOM, "egress", true),
      focus: null,
    };
    return (await egress.order(slateOrder({ at, delayMs: 1000, scene }))).connected;
  };
  /** Shown by a released segment? */
  let looked = -1;
  const shown = async (colour: Colour): Promise<boolean> => {
    const newest = (await Ledger.open(folders.ledger)).segments.at(-1);
    if (!newest || newest.number === looked) return false;
    looked = newest.number;
    const parts = [initName(newest.run), mediaName(newest.number)].map((name) => readFile(join(folders.public, name)));
    const file = join(data, "looked-at.mp4");
    await writeFile(file, Buffer.concat(await Promise.all(parts)));
    return (await coloursOf(file)).some(near(colour));
  };
  const until = async (what: string, satisfied: () => Promise<boolean>, ms: number): Promise<void> => {
    for (const end = Date.now() + ms; Date.now() < end; await wait(200)) {
      const connected = await tell();
      if (connected && (await satisfied())) return;
    }
    throw new Error(`It never came to this: ${what}`);
  };

  await join_(GREEN, "seatalice");
  await until("Alice on air", () => shown(GREEN), 90_000);
  await server.stop();
  await people[0]!.leave();
  server = await startOurs(PORT);
  const listening = Date.now();
  await join_(RED, "seatbob");
  await until("Bob on air", () => shown(RED), 120_000);
  context.diagnostic(`on air ${Date.now() - listening} ms after the media server listened again`);

  const { segments } = await Ledger.open(folders.ledger);
  for (const [index, each] of segments.entries())
    if (index > 0) {
      assert.equal(each.number, segments[index - 1]!.number + 1);
      assert.ok(Math.abs(endOf(segments[index - 1]!) - each.at) < 1, `a gap before ${each.number}`);
    }
  assert.equal(new Set(segments.map(({ run }) => run)).size, 1, "the encoder began anew");
});
