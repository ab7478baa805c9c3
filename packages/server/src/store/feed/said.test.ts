import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { MeetingId, SeatId } from "@raadhuis/meeting";
import { type Engine, onEachEngine } from "../../testing/engines.ts";
import { until } from "../../testing/until.ts";
import { VersionConflict } from "../record.ts";
import { openStore } from "../store.ts";
import type { News } from "./news.ts";

const meeting = MeetingId.parse("abcdefgh23456789");
const [anna, bram] = [SeatId.parse("seatanna1"), SeatId.parse("seatbram1")];
const summary = { kind: "call", title: "T", startsAt: 1, phase: "open", recording: false, organ: null } as const;

/** A store with a meeting, and what its feed says from then on. */
async function storeWith(t: TestContext, { at }: Engine) {
  const store = await openStore(at, { now: () => 1 });
  t.after(() => store.close());
  const heard: News[] = [];
  store.feed.hear((news) => news.kind !== "beat" && heard.push(news));
  await store.record.append({ meeting, expected: 0, events: [], summary, now: 1 });
  /** What this says; on either engine nothing comes after what comes at the end. */
  const saidBy = async (act: () => Promise<unknown>): Promise<News[]> => {
    await act();
    store.feed.tell([{ kind: "hello", server: `after ${heard.length}` }]);
    await until("the end of it", () => heard.at(-1)?.kind === "hello");
    return heard.splice(0).slice(0, -1);
  };
  await saidBy(async () => {});
  return { store, saidBy };
}

onEachEngine(
  "whatever is changed in a meeting is said when it is written, and what comes to nothing is not",
  async (t, engine) => {
    const { store, saidBy } = await storeWith(t, engine);
    const other = MeetingId.parse("bcdefghj23456789");
    const append = (expected: number) => store.record.append({ meeting: other, expected, events: [], summary, now: 1 });
    assert.deepEqual(await saidBy(() => append(0)), [{ kind: "meeting", meeting: other, version: 0 }]);
    assert.deepEqual(await saidBy(() => assert.rejects(append(3), VersionConflict)), []);
    const note = {
      meeting,
      stream: "notes",
      audience: "all",
      by: { kind: "seat", seat: anna },
      body: {},
      now: 1,
    } as const;
    assert.deepEqual(await saidBy(() => store.streams.append({ ...note, id: "1" })), [{ kind: "said", meeting }]);
    assert.deepEqual(await saidBy(() => store.streams.append({ ...note, id: "1" })), []);
    assert.deepEqual(await saidBy(() => store.streams.append({ ...note, id: "2", after: 7 })), []);
    assert.deepEqual(await saidBy(() => store.streams.eraseAll(note)), [{ kind: "said", meeting }]);
  },
);

onEachEngine("sessions that end are said, whatever ends them", async (t, engine) => {
  const { store, saidBy } = await storeWith(t, engine);
  const links = [
    { seat: anna, hash: "link-anna" },
    { seat: bram, hash: "link-bram" },
  ];
  assert.deepEqual(await saidBy(() => store.access.invite(meeting, links, 1)), [
    { kind: "links", meeting, seats: [anna, bram] },
  ]);
  const redeem = (hash: string) =>
    store.access.redeem({ meeting, hash: "link-anna" }, { hash, now: 1, expiresAt: 10_000 });
  assert.deepEqual(await saidBy(() => redeem("first")), []);
  for (let n = 2; n <= 12; n++) await redeem(`${n}`);
  assert.deepEqual(await saidBy(() => redeem("one too many")), [
    { kind: "sessions", sessions: ["first"], of: { meeting, seat: anna } },
  ]);
  assert.deepEqual(await saidBy(() => store.access.endSession("2")), [{ kind: "sessions", sessions: ["2"], of: null }]);
  const over = await saidBy(() => store.sessions.endOver(20_000));
  assert.deepEqual(
    over.flatMap((news) => (news.kind === "sessions" ? news.sessions : [])).sort(),
    [...Array.from({ length: 10 }, (_, index) => `${index + 3}`), "one too many"].sort(),
  );
});

onEachEngine("a body that has another name or zone is said", async (t, engine) => {
  const { store, saidBy } = await storeWith(t, engine);
  const clerk = { id: "c", name: "Kim", email: "kim@voorbeeld.example", password: "p" };
  const setUp = () => store.house.setUp({ name: "Voorbeeld", zone: "Europe/Amsterdam", demo: false }, clerk, 1);
  assert.deepEqual(await saidBy(setUp), [{ kind: "body" }]);
  assert.deepEqual(await saidBy(setUp), []);
  assert.deepEqual(await saidBy(() => store.house.changeZone("Europe/Brussels")), [{ kind: "body" }]);
});
