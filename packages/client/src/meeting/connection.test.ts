import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { fold, type MeetingEvent, MeetingId, type UnnumberedEvent } from "@raadhuis/meeting";
import { BEAT_MS, CLOSE_LEFT, CLOSE_TOO_MANY, type ServerMessage, SILENCE_MS } from "@raadhuis/protocol/socket";
import { MeetingConnection, type Socket, type WakeUps, type Welcome } from "./connection.ts";
import { GIVE_BACK_MS } from "./unanswered.ts";

const planned: MeetingEvent = {
  meeting: MeetingId.parse("meeting123"),
  version: 1,
  at: 1,
  by: { kind: "account", account: null },
  type: "meeting.planned",
  structure: { kind: "public", startsAt: 5000, recording: true, bodyId: null, organId: null },
  payload: { body: "Raad", organ: null, title: "Vergadering" },
};
const unnumbered = ({ meeting: _meeting, version: _version, ...event }: MeetingEvent): UnnumberedEvent => event;

interface Heard {
  data: unknown;
  code: number;
}

/** What a page has of a WebSocket. */
class FakeSocket implements Socket {
  readyState = 0;
  /** What the page said, and by which code it closed. */
  said: { type: string; id?: string; streams?: unknown }[] = [];
  closedBy: number | undefined;
  readonly #listeners = new Map<string, (event: Heard) => void>();

  addEventListener(type: string, listener: (event: Heard) => void): void {
    this.#listeners.set(type, listener);
  }

  send(text: string): void {
    this.said.push(JSON.parse(text));
  }

  /** On a dead line nobody agrees to the close: nothing follows. */
  close(code?: number): void {
    this.closedBy = code;
  }

  hears(message: ServerMessage): void {
    this.#tell("message", { data: JSON.stringify(message) });
  }

  /** Opens, and is told that all is as before. */
  welcomes(now = Date.now()): void {
    this.opens();
    this.hears({
      ...{ type: "welcome", you: { kind: "office" }, now, zone: "Europe/Amsterdam", from: "here" },
      state: fold([planned]),
    });
  }

  opens(): void {
    this.readyState = 1;
    this.#tell("open", {});
  }

  closes(code: number): void {
    this.readyState = 3;
    this.#tell("close", { code });
  }

  #tell(type: string, event: Partial<Heard>): void {
    this.#listeners.get(type)?.({ data: undefined, code: 0, ...event });
  }
}

/** A page's connection, in surroundings of which the test is the server, the clock and whoever looks at the page. */
function page(t: TestContext, stillWelcome: () => Promise<Welcome>) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const sockets: FakeSocket[] = [];
  const listening = new Set<WakeUps>();
  const reports: unknown[] = [];
  let asked = 0;
  const connection = new MeetingConnection({
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    stillWelcome: () => {
      asked++;
      return stillWelcome();
    },
    listen: (wakeUps) => {
      listening.add(wakeUps);
      return () => listening.delete(wakeUps);
    },
    report: (error) => reports.push(error),
  });
  connection.start();
  t.after(() => connection.stop());
  const all = (wake: keyof WakeUps) => {
    for (const wakeUps of [...listening]) wakeUps[wake]();
  };
  return {
    connection,
    sockets,
    reports,
    listening,
    asked: () => asked,
    online: () => all("online"),
    looked: () => all("looked"),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("whoever has gone into the chamber says so to each server that welcomes them, and nobody from the lobby", async (t) => {
  const { connection, sockets } = page(t, async () => "welcome");
  const entered = (socket: FakeSocket | undefined) => socket?.said.filter(({ type }) => type === "enter").length;
  sockets[0]?.welcomes();
  assert.equal(entered(sockets[0]), 0);
  connection.enter();
  connection.enter();
  assert.equal(entered(sockets[0]), 1);
  sockets[0]?.closes(1006);
  t.mock.timers.tick(SILENCE_MS);
  assert.equal(entered(sockets[1]), 0);
  sockets[1]?.welcomes();
  assert.equal(entered(sockets[1]), 1);
});

test("a page whose socket is refused asks why, and says so when its session is over", async (t) => {
  const { connection, sockets, asked } = page(t, async () => "seat.no-session");
  sockets[0]?.closes(1006);
  t.mock.timers.tick(1000);
  await settled();
  assert.equal(asked(), 1);
  assert.equal(connection.snapshot().out, "seat.no-session");
  t.mock.timers.tick(60_000);
  assert.equal(sockets.length, 1, "it does not try again");
});

test("a page whose session lives tries again, however often it is refused", async (t) => {
  const { connection, sockets } = page(t, async () => "welcome");
  for (let attempt = 0; attempt < 3; attempt++) {
    sockets.at(-1)?.closes(1006);
    t.mock.timers.tick(3000);
    await settled();
  }
  assert.equal(sockets.length, 4);
  assert.equal(connection.snapshot().out, null);
});

test("a page that was put out for sending too much says so, and waits ten seconds", async (t) => {
  const { connection, sockets, online } = page(t, async () => "welcome");
  sockets[0]?.opens();
  sockets[0]?.closes(CLOSE_TOO_MANY);
  assert.equal(connection.snapshot().link, "held");
  t.mock.timers.tick(9_000);
  online();
  await settled();
  assert.equal(sockets.length, 1);
  t.mock.timers.tick(1_000);
  await settled();
  assert.equal(sockets.length, 2);
});

/** Lets time go by in steps, so that what is asked on the way is answered in its time. */
async function pass(t: TestContext, ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 250) {
    t.mock.timers.tick(250);
    await settled();
  }
}

test("a line on which nothing comes is taken for dead, though its socket stays open, and another one is tried", async (t) => {
  const { connection, sockets } = page(t, async () => "welcome");
  sockets[0]?.welcomes();
  assert.equal(connection.snapshot().link, "open");
  t.mock.timers.tick(SILENCE_MS);
  assert.equal(connection.snapshot().link, "away");
  await pass(t, 500);
  assert.equal(sockets.length, 2);
  sockets[1]?.welcomes();
  assert.equal(connection.snapshot().link, "open");
});

test("a line that beats lives, however little happens in the meeting", async (t) => {
  const { connection, sockets } = page(t, async () => "welcome");
  sockets[0]?.welcomes();
  for (let beat = 0; beat < 100; beat++) {
    t.mock.timers.tick(BEAT_MS);
    sockets[0]?.hears({ type: "beat", now: Date.now() });
  }
  assert.equal(connection.snapshot().link, "open");
  assert.equal(sockets.length, 1);
});

test("a socket that neither opens nor fails is given up", async (t) => {
  const { sockets } = page(t, async () => "welcome");
  await pass(t, 4_000);
  assert.equal(sockets.length, 2);
});

test("nor does a socket last on which hello is not answered", async (t) => {
  const { connection, sockets } = page(t, async () => "welcome");
  sockets[0]?.opens();
  await pass(t, SILENCE_MS + 500);
  assert.equal(sockets.length, 2);
  assert.equal(connection.snapshot().link, "connecting");
});

test("after six minutes without a line a page opens a socket within three seconds of its return, and none before", async (t) => {
  let line = false;
  const { connection, sockets, asked } = page(t, async () => (line ? "welcome" : "unreachable"));
  sockets[0]?.welcomes();
  await pass(t, SILENCE_MS + 6 * 60_000);
  assert.equal(connection.snapshot().link, "away");
  const tried = sockets.length;
  assert.ok(tried <= 2, `${tried} sockets`);
  assert.ok(asked() > 100);
  line = true;
  await pass(t, 3_000);
  assert.equal(sockets.length, tried + 1);
  sockets.at(-1)?.welcomes();
  assert.equal(connection.snapshot().link, "open");
});

test("a page that is online again tries at once, also when its old socket still seems to be open", async (t) => {
  const { connection, sockets, online } = page(t, async () => "welcome");
  sockets[0]?.welcomes();
  online();
  assert.equal(sockets.length, 2);
  assert.equal(connection.snapshot().link, "away", "the old one is given up");
  sockets[1]?.closes(1006);
  online();
  assert.equal(sockets.length, 3);
});

test("a page that was asleep looks at its line as soon as it is looked at", async (t) => {
  const { sockets, looked } = page(t, async () => "welcome");
  sockets[0]?.welcomes();
  looked();
  assert.equal(sockets.length, 1, "something was just heard");
  t.mock.timers.setTime(Date.now() + 3600_000);
  looked();
  assert.equal(sockets.length, 2);
});

test("a command that is not answered is said to be slow, is repeated on the next socket, and answered once", async (t) => {
  const { connection, sockets } = page(t, async () => "welcome");
  sockets[0]?.welcomes();
  const answer = connection.command({ type: "raiseHand" });
  assert.equal(connection.snapshot().slow, false);
  t.mock.timers.tick(3_000);
  assert.equal(connection.snapshot().slow, true);
  await pass(t, SILENCE_MS);
  sockets[1]?.welcomes();
  const [first, again] = [0, 1].map((index) => sockets[index]?.said.find(({ type }) => type === "command"));
  assert.ok(first?.id);
  assert.deepEqual(again, first);
  sockets[1]?.hears({ type: "done", id: first.id });
  assert.deepEqual(await answer, { ok: true });
  assert.equal(connection.snapshot().slow, false);
});

test("a command that nobody answers is given back, and not done when the line returns", async (t) => {
  const { connection, sockets } = page(t, async () => "welcome");
  sockets[0]?.welcomes();
  const answer = connection.command({ type: "openDoors" });
  await pass(t, GIVE_BACK_MS);
  assert.deepEqual(await answer, { ok: false, code: "command.unanswered" });
  assert.equal(connection.snapshot().slow, false);
  sockets.at(-1)?.welcomes();
  assert.deepEqual(
    sockets.at(-1)?.said.map(({ type }) => type),
    ["hello"],
  );
});

test("a page that comes back says how far it is in what its audiences were told", async (t) => {
  const { connection, sockets } = page(t, async () => "welcome");
  sockets[0]?.welcomes();
  const messages = [1, 2].map((number) => ({
    number,
    at: 1,
    by: { kind: "house", part: "presence" } as const,
    body: {},
  }));
  sockets[0]?.hears({ type: "stream", stream: "notes", audience: "all", messages, more: false });
  assert.equal(connection.snapshot().streams.get("notes/all")?.last, 2);
  await pass(t, SILENCE_MS + 1_000);
  sockets.at(-1)?.welcomes();
  const hellos = [sockets[0], sockets.at(-1)].map((socket) => socket?.said[0]);
  assert.deepEqual(
    hellos.map((hello) => [hello?.type, hello?.streams]),
    [
      ["hello", {}],
      ["hello", { "notes/all": 2 }],
    ],
  );
});

test("a page whose clock is set shows the right time again after the next beat", async (t) => {
  const { connection, sockets } = page(t, async () => "welcome");
  const server = Date.now();
  sockets[0]?.welcomes(server);
  assert.equal(connection.snapshot().clockOffset, 0);
  t.mock.timers.setTime(server + 3600_000);
  sockets[0]?.hears({ type: "beat", now: server });
  assert.equal(connection.snapshot().clockOffset, -3600_000);
  const before = connection.snapshot();
  sockets[0]?.hears({ type: "beat", now: server + 100 });
  assert.equal(connection.snapshot(), before, "the way a beat takes is no reason to draw the page anew");
});

test("a page that leaves says so, and a page that is closed does not", (t) => {
  const { connection, sockets } = page(t, async () => "welcome");
  sockets[0]?.welcomes();
  connection.leave();
  assert.equal(sockets[0]?.closedBy, CLOSE_LEFT);
  connection.start();
  sockets[1]?.welcomes();
  connection.stop();
  assert.equal(sockets[1]?.closedBy, undefined);
});

test("a page listens for its network once, as long as it tries, and not when it is over", async (t) => {
  const { connection, sockets, listening, online } = page(t, async () => "welcome");
  connection.start();
  assert.equal(listening.size, 1);
  connection.stop();
  assert.equal(listening.size, 0);
  connection.start();
  assert.equal(listening.size, 1);
  sockets.at(-1)?.opens();
  sockets.at(-1)?.hears({ type: "out", code: "seat.removed" });
  assert.equal(listening.size, 0);
  const tried = sockets.length;
  online();
  await pass(t, 5_000);
  assert.equal(sockets.length, tried);
});

test("what a page cannot make sense of is told to whoever wants to know, and the page is outdated", (t) => {
  const { connection, sockets, reports, asked } = page(t, async () => "welcome");
  sockets[0]?.opens();
  sockets[0]?.hears({ type: "events", events: [unnumbered(planned)] });
  assert.equal(connection.snapshot().out, "page.outdated");
  assert.match(String(reports), /before the state/);
  t.mock.timers.tick(60_000);
  assert.deepEqual([sockets.length, asked()], [1, 0]);
});
