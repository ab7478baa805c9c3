import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { askBy, clientOf, type MeetingConnection, orThrow, until } from "@raadhuis/client";
import { officeConnection, redeem, seatConnection, Visit } from "@raadhuis/client/node";
import { A_MEETING, CLERK, houseFor, setUp, testSettings } from "../testing/house.ts";

const PORT = 24130;

/** A script's connection, started, and stopped after the test. */
function started(t: TestContext, connection: MeetingConnection): MeetingConnection {
  connection.start();
  t.after(() => connection.stop());
  return connection;
}

test("a script signs in, plans a meeting, sits in it, raises a hand, and is still there after the house was away", async (t) => {
  const settings = testSettings(PORT);
  const house = await houseFor(t, settings);
  await setUp(house);

  const visit = new Visit(house.url);
  const office = clientOf(askBy(visit.send));
  orThrow(await office.office.signIn({ body: CLERK }));
  const { meeting, links } = orThrow(await office.meetings.plan({ body: A_MEETING }));
  const bram = new Visit(house.url);
  const { seat } = await redeem(bram, links[1]!.link);
  const page = started(t, seatConnection(bram, seat));
  page.enter();
  const clerk = started(t, officeConnection(visit, meeting));
  await until(clerk, ({ state }) => state?.seats.find(({ id }) => id === seat)?.present === true);
  assert.deepEqual(await clerk.command({ type: "openMeeting" }), { ok: true });
  assert.deepEqual(await page.command({ type: "raiseHand" }), { ok: true });
  const hands = (of: MeetingConnection, seats: string[]) =>
    until(of, ({ link, state }) => link === "open" && state?.floor.queue.join() === seats.join());
  await hands(clerk, [seat]);
  await until(page, ({ tickets: [ticket] }) => ticket?.room === `${meeting}-2`);

  await house.close();
  await until(page, ({ link }) => link === "away");
  const lowered = page.command({ type: "lowerHand", seat });
  await houseFor(t, settings);
  assert.deepEqual(await lowered, { ok: true }, "what was said meanwhile is done when the house is back");
  await hands(clerk, []);
  await hands(page, []);
  assert.deepEqual(page.snapshot().state?.agenda, clerk.snapshot().state?.agenda);
});

test("a script that has no session, asks for no meeting, or lost its seat's link hears so at once and tries no more", async (t) => {
  const house = await houseFor(t, testSettings(PORT + 1));
  await setUp(house);
  const visit = new Visit(house.url);
  const office = clientOf(askBy(visit.send));
  orThrow(await office.office.signIn({ body: CLERK }));
  const { meeting, links } = orThrow(await office.meetings.plan({ body: A_MEETING }));
  const { link, seat } = links[1]!;

  const stranger = new Visit(house.url);
  const opened = t.mock.method(stranger, "socket");
  const asked = t.mock.method(globalThis, "fetch");
  const outside = started(t, seatConnection(stranger, seat));
  await until(outside, ({ out }) => out === "seat.no-session");
  assert.deepEqual([opened.mock.callCount(), asked.mock.callCount()], [1, 0], "by the answer to its only upgrade");
  await assert.rejects(
    until(outside, ({ state }) => state !== null),
    /seat\.no-session/,
  );
  await until(started(t, officeConnection(visit, "nosuchmeeting")), ({ out }) => out === "meeting.unknown");

  const bram = new Visit(house.url);
  await redeem(bram, link);
  const page = started(t, seatConnection(bram, seat));
  await until(page, ({ state }) => state !== null);
  orThrow(await office.links.renew({ params: { meeting, seat } }));
  await until(page, ({ out }) => out === "seat.new-link");
  await assert.rejects(redeem(bram, link), { name: "Refused", code: "link.unknown" });
});
