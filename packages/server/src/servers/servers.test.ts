import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newId } from "../random.ts";
import { waitFor } from "../testing/alone.ts";
import { houseFor, planMeeting, setUp, type TestHouse, testSettings } from "../testing/house.ts";
import { sharedCluster } from "../testing/postgres.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24660;
const cluster = sharedCluster();
/** Nothing listens there: what is told here goes by sockets and the database. */
const CLUSTER = { LIVEKIT_URL: "ws://127.0.0.1:9" };
const graceMs = 300;

const closing: (() => unknown)[] = [];
const t = { after: (close: () => unknown) => void closing.push(close) };
const database = `servers_${newId()}`;
let data = "";

/** One more server of the house. */
async function server(number: number, environment: Record<string, string> = {}): Promise<TestHouse> {
  const at = { DATABASE_URL: cluster.urlOf(database), ...CLUSTER, ...(data ? { RAADHUIS_DATA: data } : {}) };
  const settings = testSettings(PORT + 3 * number, { ...at, ...environment });
  data ||= settings.data;
  return houseFor(t, settings, { graceMs, floorGraceMs: graceMs });
}

let [here, there]: TestHouse[] = [];
let clerk: Visitor;

before(async () => {
  await cluster.database(database);
  here = await server(0);
  there = await server(1);
  // The one that began last has made the link that opens.
  clerk = await setUp({ url: here.url, setUpLink: there.setUpLink });
});
after(async () => {
  for (const close of closing.reverse()) await close();
});

const at = (house: TestHouse | undefined): TestHouse => house ?? assert.fail("no house");

/** Chair here, members there, in a meeting that is open. */
async function meetingOverBoth() {
  const { meeting, links } = await planMeeting(clerk);
  const [chair, bram, carla, dirk] = await Promise.all(
    links.map(({ link }, n) => new Visitor(at(n === 0 ? here : there).url).sit(link)),
  );
  assert.ok(chair && bram && carla && dirk);
  for (const line of [chair, bram, carla, dirk]) await line.welcome();
  assert.equal((await chair.command({ type: "openMeeting" })).type, "done");
  return { meeting, links, chair, bram, carla, dirk };
}

test("a command at one server reaches pages at the other, and theirs it", async () => {
  const { chair, bram } = await meetingOverBoth();
  await bram.event("meeting.opened");
  assert.equal((await bram.command({ type: "raiseHand" })).type, "done");
  await chair.event("hand.raised");
});

test("doors that are closed at one server put out within a second whoever is outside them at the other", async () => {
  const { chair, dirk } = await meetingOverBoth();
  await dirk.event("meeting.opened");
  const began = Date.now();
  assert.equal((await chair.command({ type: "closeDoors" })).type, "done");
  const out = await dirk.next("out");
  assert.equal(out.code, "doors.closed");
  assert.ok(Date.now() - began < 5_000, `${Date.now() - began} ms`);
});

test("whoever is at one server has not left for the other, until they are gone from both", async () => {
  const { meeting, chair, bram, carla } = await meetingOverBoth();
  for (const line of [chair, bram, carla]) assert.ok(line);
  const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  await office.welcome();
  const left: string[] = [];
  void office.event("seat.left").then((event) => left.push(String(event.structure.seat)));
  await bram.close();
  await waitFor(() => left.length > 0);
  // Only Bram, although this server has no page of Carla's.
  const state = (await new Visitor(at(here).url).get("/healthz")).status;
  assert.equal(state, 200);
  assert.equal(left.length, 1);
});

test("a link made anew at one server puts out at the other whoever came in by the old one", async () => {
  const { meeting, links, bram } = await meetingOverBoth();
  const seat = links[1]?.seat ?? "";
  assert.equal((await clerk.post(`/api/office/meetings/${meeting}/seats/${seat}/link`, {})).status, 200);
  assert.equal((await bram.next("out")).code, "seat.new-link");
});

test("a server that cannot be one house with those that run does not start, and says why", async () => {
  await assert.rejects(server(2, { LIVEKIT_URL: "" }), (error: Error) => {
    assert.ok(error.cause instanceof Error && "code" in error.cause);
    assert.equal(error.cause.code, "servers.no-cluster");
    return true;
  });
  const other = testSettings(PORT + 9).data;
  await assert.rejects(server(3, { RAADHUIS_DATA: other }), (error: Error) => {
    assert.ok(error.cause instanceof Error && "code" in error.cause);
    assert.equal(error.cause.code, "servers.other-folder");
    return true;
  });
});
