import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Answer, nothing, type Snapshot } from "@raadhuis/client";
import {
  AccountId,
  type Actor,
  type CommandInput,
  decide,
  evolve,
  MeetingId,
  type MeetingState,
  parseCommand,
  SeatId,
  stamp,
} from "@raadhuis/meeting";
import { Conductor, nextAct } from "./conductor.ts";

const meeting = MeetingId.parse("meeting123");
const clerk: Actor = { kind: "account", account: AccountId.parse("clerkclerk") };
const presence: Actor = { kind: "house", part: "presence" };
const speakers = ["seataaaa1", "seatbbbb1"].map((seat) => SeatId.parse(seat));
const [first, second] = speakers;
const STEP_MS = 15_000;

/** A meeting of the house's own rules. */
class Table {
  state: MeetingState | null = null;

  constructor() {
    this.does(clerk, {
      type: "planMeeting",
      kind: "public",
      body: "Raad",
      title: "Vergadering",
      startsAt: 1,
      recording: true,
    });
    for (const seat of speakers)
      this.does(clerk, { type: "assignSeat", seat, role: "member", name: seat, party: null });
    for (const item of ["itemone1", "itemtwo1"]) this.does(clerk, { type: "addItem", item, title: item });
    this.does(presence, { type: "arrive", seats: speakers });
  }

  does(actor: Actor, input: CommandInput): void {
    const parsed = parseCommand(input);
    if ("problem" in parsed) throw new Error(parsed.problem.message);
    const decision = decide(this.state ?? undefined, parsed.command, { actor, now: 1 });
    if ("refusal" in decision) throw new Error(decision.refusal.message);
    const head = { meeting, version: this.state?.version ?? 0, at: 1, by: actor };
    for (const event of stamp(decision.events, head)) this.state = evolve(this.state ?? undefined, event);
  }
}

/** The conductor's connection to it: the test says when a command is answered. */
class Connection {
  readonly table = new Table();
  readonly given: CommandInput[] = [];
  stopped = false;
  readonly #listeners = new Set<() => void>();
  readonly #answers: ((answer: Answer) => void)[] = [];
  #link: Snapshot["link"] = "connecting";

  readonly snapshot = (): Snapshot => ({ ...nothing, slow: false, state: this.table.state, link: this.#link });
  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    this.becomes("open");
  }

  stop(): void {
    this.stopped = true;
  }

  /** It is done at once, as the office does it. */
  command(command: CommandInput): Promise<Answer> {
    this.given.push(command);
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#answers.push(resolve);
    this.happens(clerk, command);
    return promise;
  }

  async answers(): Promise<void> {
    this.#answers.shift()?.({ ok: true });
    await new Promise((resolve) => setImmediate(resolve));
  }

  happens(actor: Actor, input: CommandInput): void {
    this.table.does(actor, input);
    this.#tell();
  }

  becomes(link: Snapshot["link"]): void {
    this.#link = link;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function conducted(t: TestContext): Connection {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const connection = new Connection();
  const conductor = new Conductor(connection, speakers);
  conductor.start();
  t.after(() => conductor.stop());
  return connection;
}

/** Opened, and at its first item. */
async function inSession(t: TestContext): Promise<Connection> {
  const connection = conducted(t);
  await connection.answers();
  await connection.answers();
  return connection;
}

const types = ({ given }: Connection) => given.map(({ type }) => type);

test("a council in session: opened, item by item, the floor from one to the other", () => {
  const table = new Table();
  const next = (step: number, of: readonly string[] = speakers) => {
    assert.ok(table.state);
    return nextAct(table.state, { step, speakers: of });
  };
  assert.deepEqual(next(0), { type: "openMeeting" });
  table.does(clerk, { type: "openMeeting" });
  assert.deepEqual(next(1), { type: "startItem", item: "itemone1" });
  table.does(clerk, { type: "startItem", item: "itemone1" });
  assert.deepEqual(next(4), { type: "startItem", item: "itemtwo1" });
  table.does(clerk, { type: "giveFloor", seat: first! });
  assert.deepEqual(next(1), { type: "giveFloor", seat: second });
  assert.equal(next(1, [first!]), null);
  table.does(clerk, { type: "startItem", item: "itemtwo1" });
  assert.deepEqual(next(4), { type: "giveFloor", seat: second });
  table.does(clerk, { type: "suspendMeeting" });
  assert.equal(next(4), null);
  table.does(clerk, { type: "endMeeting" });
  assert.equal(next(4), null);
});

test("the conductor opens, goes straight to the first item, then gives the floor, an act at a time", async (t) => {
  const connection = conducted(t);
  assert.deepEqual(types(connection), ["openMeeting"]);
  await connection.answers();
  assert.deepEqual(types(connection), ["openMeeting", "startItem"]);
  await connection.answers();
  for (let step = 0; step < 3; step++) {
    t.mock.timers.tick(STEP_MS);
    await connection.answers();
  }
  assert.deepEqual(types(connection).slice(2), ["giveFloor", "giveFloor", "startItem"]);
  connection.becomes("away");
  t.mock.timers.tick(STEP_MS);
  assert.equal(connection.given.length, 5, "nothing is done that the house might hear later");
  connection.becomes("open");
  t.mock.timers.tick(STEP_MS);
  assert.equal(connection.given.length, 6);
  assert.equal(connection.stopped, false);
});

test("that people come and go, and that somebody raises a hand, is no reason to leave, nor is a floor that is given back", async (t) => {
  const connection = await inSession(t);
  t.mock.timers.tick(STEP_MS);
  await connection.answers();
  const holder = connection.table.state?.floor.holder;
  assert.ok(holder);
  const other = speakers.find((seat) => seat !== holder)!;
  connection.happens({ kind: "seat", seat: other }, { type: "raiseHand" });
  connection.happens(presence, { type: "leave", seats: [holder], said: true });
  connection.happens(presence, { type: "arrive", seats: [holder] });
  assert.equal(connection.table.state?.floor.holder, null);
  t.mock.timers.tick(STEP_MS);
  await connection.answers();
  connection.happens(clerk, { type: "removeSeat", seat: connection.table.state?.floor.holder ?? "" });
  assert.equal(connection.stopped, false);
});

for (const [what, command] of [
  ["opens the next item", { type: "startItem", item: "itemtwo1" }],
  ["adds an item", { type: "addItem", item: "itemnew1", title: "Nieuw" }],
  ["closes the doors", { type: "closeDoors" }],
  ["gives the floor", { type: "giveFloor", seat: first! }],
  ["suspends", { type: "suspendMeeting" }],
] satisfies [string, CommandInput][])
  test(`whoever leads the meeting themselves is let lead: the conductor leaves when somebody ${what}`, async (t) => {
    const connection = await inSession(t);
    connection.happens(clerk, command);
    assert.equal(connection.stopped, true);
    t.mock.timers.tick(10 * STEP_MS);
    assert.equal(connection.given.length, 2);
  });

test("whoever led while the house was out of sight is let lead, too", async (t) => {
  const connection = await inSession(t);
  connection.becomes("away");
  connection.happens(clerk, { type: "closeDoors" });
  connection.becomes("open");
  assert.equal(connection.stopped, true);
});
