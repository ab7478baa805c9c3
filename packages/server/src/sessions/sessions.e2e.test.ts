import assert from "node:assert/strict";
import { test } from "node:test";
import { Trail } from "@raadhuis/protocol/http";
import { CLERK, houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Signalling, startMediaServer } from "../testing/mediaserver.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24340;
const HOUR = 3600_000;
const DAY = 24 * HOUR;

test("sessions end by the clock, with the sockets and the media that they opened, and it is told why", async (t) => {
  await startMediaServer(t, PORT);
  let clock = Date.now();
  const house = await houseFor(t, testSettings(PORT), { now: () => clock, sessionCheckMs: 20, graceMs: 60_000 });
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk, { startsAt: clock });

  const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  await office.welcome();
  const visitor = new Visitor(house.url);
  const chair = await visitor.sit(links[0]!.link);
  await chair.welcome();
  const ticket = await chair.ticket();
  const signalling = await Signalling.open(house.url, ticket.token);
  await signalling.next("join");

  clock += 16 * HOUR;
  assert.equal((await office.next("out")).code, "seat.no-session");
  await office.closed;
  const refused = await clerk.get("/api/office");
  assert.deepEqual([refused.status, (refused.body as { code: string }).code], [401, "office.session-over"]);

  clock += 7 * DAY;
  assert.equal((await chair.next("out")).code, "seat.no-session");
  await chair.closed;
  await signalling.closed;
  assert.equal((await visitor.get(`/api/seats/${links[0]!.seat}`)).status, 401);

  // The link opens a session anew.
  await (await visitor.sit(links[0]!.link)).welcome();
  await clerk.post("/api/office/sign-in", CLERK);
  const { entries } = Trail.parse((await clerk.get("/api/office/trail")).body);
  const ended = entries.filter(({ kind }) => kind.endsWith("session-ended"));
  assert.deepEqual(
    ended.map(({ kind, result, clerk, seat }) => [kind, result, clerk?.email ?? seat?.name]),
    [
      ["seat.session-ended", "session.absolute", links[0]!.name],
      ["office.session-ended", "session.absolute", CLERK.email],
    ],
  );
});
