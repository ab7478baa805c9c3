import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { MeetingId, parseCommand, SeatId } from "@raadhuis/meeting";
import { makeLog } from "../log.ts";
import { Hub, type Page } from "../meetings/hub.ts";
import { Meetings } from "../meetings/meetings.ts";
import { lifetimes, USE_NOTED_MS } from "../store/lifetimes.ts";
import { openStore } from "../store/store.ts";
import { emptyDatabase } from "../testing/engines.ts";
import type { Happening } from "../trail/trail.ts";
import { endWhatSessionsOpened } from "./endings.ts";
import { SessionKeeper } from "./keeper.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const meeting = MeetingId.parse("abcdefgh23456789");
const seats = ["seatseat23456789", "anotherseat23456"].map((id) => SeatId.parse(id));

const command = (raw: { type: string; [field: string]: unknown }) => {
  const parsed = parseCommand(raw);
  if ("problem" in parsed) throw new Error(parsed.problem.message);
  return parsed.command;
};

/** A store with a meeting, a keeper of its sessions, and a clock. `ahead`: until the meeting's time, ms. */
async function keeperFor(t: TestContext, ahead = 0) {
  const clock = { now: Date.now() };
  const now = () => clock.now;
  const store = await openStore(await emptyDatabase(t), { now });
  t.after(() => store.close());
  const log = makeLog("error");
  const meetings = new Meetings({ record: store.record, log, now });
  const plan = [
    command({
      type: "planMeeting",
      kind: "call",
      body: "B",
      title: "T",
      startsAt: clock.now + ahead,
      recording: false,
    }),
    ...seats.map((seat, n) => command({ type: "assignSeat", seat, role: "chair", name: `N${n}`, party: null })),
  ];
  const invitations = seats.map((seat) => ({ seat, hash: `link of ${seat}` }));
  await meetings.plan(meeting, plan, { actor: { kind: "account", account: null }, invitations });
  const hub = new Hub();
  const left: string[] = [];
  const noted: Happening[] = [];
  const mediaEnded: string[] = [];
  const keeper = new SessionKeeper({
    sessions: store.sessions,
    hub,
    log,
    now,
    trail: { note: (happening) => noted.push(happening) },
  });
  endWhatSessionsOpened(store.feed, {
    hub,
    media: {
      endOfSeat: (_, seat) => void mediaEnded.push(seat),
      endOfSessions: (_, sessions) => void mediaEnded.push(...sessions),
    },
  });
  const signIn = (hash: string) =>
    store.access.addClerkSession({ hash, now: clock.now, expiresAt: clock.now + lifetimes.clerk.longest }, "kim");
  const redeem = (n: number) =>
    store.access.redeem(
      { meeting, hash: `link of ${seats[n]}` },
      { hash: `session ${n}`, now: clock.now, expiresAt: clock.now + lifetimes.seat.longest },
    );
  const open = (session: string): Page => {
    const page: Page = {
      who: { kind: "office", clerk: "kim" },
      meeting,
      session,
      isIn: true,
      isInChamber: false,
      line: null,
      send: () => undefined,
      sendText: () => undefined,
      follow: () => undefined,
      beat: () => undefined,
      close: () => undefined,
      end: () => undefined,
      leave: (code) => {
        left.push(`${session}: ${code}`);
        hub.remove(page);
      },
    };
    hub.add(page);
    return page;
  };
  return { store, meetings, hub, clock, keeper, left, noted, mediaEnded, signIn, redeem, open };
}

test("an open page keeps its session for a long evening, until its longest time is over; then page and session end", async (t) => {
  const { store, clock, keeper, left, noted, signIn, open } = await keeperFor(t);
  const began = clock.now;
  await signIn("watching");
  await signIn("away");
  open("watching");
  for (; clock.now < began + 16 * HOUR; clock.now += HOUR) await keeper.check();
  assert.deepEqual(left, []);
  await keeper.check();
  assert.deepEqual(left, ["watching: seat.no-session"]);
  assert.equal(await store.access.clerkSession("watching", clock.now), undefined);
  assert.deepEqual(
    noted.map(({ kind, result, clerk }) => [kind, result, clerk]),
    [
      ["office.session-ended", "session.idle", "kim"],
      ["office.session-ended", "session.absolute", "kim"],
    ],
  );
});

test("a request now and then keeps the office's session; two hours without one end it", async (t) => {
  const { store, clock, keeper, signIn } = await keeperFor(t);
  await signIn("s");
  for (let n = 0; n < 4; n++) {
    clock.now += 2 * HOUR - MINUTE;
    await keeper.check();
    assert.equal(await store.access.clerkSession("s", clock.now), "kim");
  }
  clock.now += 2 * HOUR;
  assert.equal(await store.access.clerkSession("s", clock.now), undefined);
});

test("use is written down once in some minutes, not at each request", async (t) => {
  const { store, clock, signIn } = await keeperFor(t);
  await signIn("s");
  const began = clock.now;
  clock.now = began + USE_NOTED_MS - 1;
  await store.access.clerkSession("s", clock.now);
  assert.equal(await store.access.clerkSession("s", began + 2 * HOUR), undefined);
  clock.now = began + USE_NOTED_MS;
  await store.access.clerkSession("s", clock.now);
  assert.equal(await store.access.clerkSession("s", began + 2 * HOUR), "kim");
});

test("an ended meeting's seats are out within a day, noted for the meeting and not for each", async (t) => {
  const { store, meetings, clock, keeper, noted, mediaEnded, redeem } = await keeperFor(t);
  await redeem(0);
  await redeem(1);
  for (const type of ["openMeeting", "endMeeting"])
    await meetings.execute({ meeting, actor: { kind: "account", account: null }, command: command({ type }) });
  clock.now += 11 * HOUR;
  await keeper.check();
  assert.equal((await store.access.seatSession("session 0", clock.now))?.seat, seats[0]);
  clock.now += HOUR;
  await keeper.check();
  for (const n of [0, 1]) assert.equal(await store.access.seatSession(`session ${n}`, clock.now), undefined);
  assert.equal(mediaEnded.length, 0, "the meeting ended them");
  const ended = { kind: "seat.session-ended", result: "session.meeting-ended", meeting } as const;
  assert.deepEqual(noted, [ended, ended]);
});

test("a seat's session that was used for a week of its meeting ends with what it opened", async (t) => {
  const { clock, keeper, left, noted, mediaEnded, redeem, open } = await keeperFor(t);
  await redeem(0);
  open("session 0");
  clock.now += 7 * DAY;
  await keeper.check();
  assert.deepEqual([left, mediaEnded], [["session 0: seat.no-session"], ["session 0"]]);
  assert.deepEqual([noted[0]?.result, noted[0]?.seat], ["session.absolute", seats[0]]);
});

test("a seat's session that ends by idleness loses media too: they may be there without any page", async (t) => {
  const { store, clock, keeper, noted, mediaEnded, redeem } = await keeperFor(t, 45 * DAY);
  await redeem(0);
  clock.now += 30 * DAY - MINUTE;
  await keeper.check();
  assert.deepEqual(mediaEnded, []);
  clock.now += MINUTE;
  await keeper.check();
  assert.deepEqual([mediaEnded, noted[0]?.result], [["session 0"], "session.idle"]);
  assert.equal(await store.access.seatSession("session 0", clock.now), undefined);
});
