import assert from "node:assert/strict";
import { once } from "node:events";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { CLOSE_TOO_MANY, PROTOCOL_VERSION } from "@raadhuis/protocol/socket";
import type { Flood } from "../testing/flooder.ts";
import { houseFor, planMeeting, setUp, type TestHouse, testSettings } from "../testing/house.ts";
import { NotUpgraded } from "../testing/line.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24360;
/** 5 Mbit/s. */
const BYTES_PER_SECOND = 625_000;

/** What is sent on and on, each in its kind: none of them is anything that a page says. */
const kinds: Record<string, Pick<Flood, "frame" | "first">> = {
  "empty messages": { frame: { head: 0x81, payload: "" } },
  "messages of a few bytes": { frame: { head: 0x81, payload: "{}" } },
  commands: {
    frame: { head: 0x81, payload: '{"type":"command","id":"x","command":{"type":"raiseHand"}}' },
  },
  appends: {
    frame: { head: 0x81, payload: '{"type":"append","id":"x","stream":"notes","audience":"all","body":{}}' },
  },
  pings: { frame: { head: 0x89, payload: "" } },
  "pongs that nobody asked for": { frame: { head: 0x8a, payload: "" } },
  "frames of a message without an end": { first: { head: 0x01, payload: "{" }, frame: { head: 0x00, payload: "" } },
};

function flood(t: TestContext, house: TestHouse, visitor: Visitor, path: string, kind: Pick<Flood, "frame" | "first">) {
  const workerData: Flood = {
    port: house.port,
    path,
    cookie: visitor.cookies(path),
    origin: house.url,
    hello: JSON.stringify({ type: "hello", protocol: PROTOCOL_VERSION, since: 0 }),
    bytesPerSecond: BYTES_PER_SECOND,
    ...kind,
  };
  const worker = new Worker(fileURLToPath(new URL("../testing/flooder.ts", import.meta.url)), { workerData });
  t.after(() => worker.terminate());
  const opened = once(worker, "message").then(([said]) => assert.equal(said, "open"));
  const closed = opened.then(() => once(worker, "message")).then(([said]: { code: number | null }[]) => said?.code);
  return { opened, closed };
}

for (const [name, kind] of Object.entries(kinds))
  test(`${name}, as fast as a connection takes them, keep nobody waiting and are put out`, async (t) => {
    const house = await houseFor(t, testSettings(PORT));
    const { links } = await planMeeting(await setUp(house));
    const [chair, member, observer] = [0, 1, 2].map(() => new Visitor(house.url));
    const line = await chair!.sit(links[0]!.link);
    await line.welcome();
    const floods = await Promise.all(
      [member!, observer!].map(async (visitor, i) => {
        const seat = await visitor.redeem(links[1 + i]!.link);
        return flood(t, house, visitor, `/api/seats/${seat}/socket`, kind);
      }),
    );
    await Promise.all(floods.map(({ opened }) => opened));
    const asked = performance.now();
    for (let i = 0; i < 10; i++) await line.command({ type: "raiseHand", seat: "nobodyhere" });
    const took = performance.now() - asked;
    assert.ok(took < 6_000, `ten commands took ${Math.round(took)} ms`);
    for (const { closed } of floods) {
      const code = await closed;
      // Frames of one message have a bound of their own (RFC 6455: 1008, a policy).
      assert.ok(code === CLOSE_TOO_MANY || (kind.first && code === 1008), `closed with ${code}`);
    }
    await new Visitor(house.url).sit(links[3]!.link).then((late) => late.welcome());
  });

test("whoever was put out comes back when it has paid, and not before", async (t) => {
  const house = await houseFor(t, testSettings(PORT));
  const { links } = await planMeeting(await setUp(house));
  const visitor = new Visitor(house.url);
  const path = `/api/seats/${await visitor.redeem(links[1]!.link)}/socket`;
  const { closed } = flood(t, house, visitor, path, kinds["empty messages"]!);
  assert.equal(await closed, CLOSE_TOO_MANY);
  await assert.rejects(visitor.open(path), (error) => error instanceof NotUpgraded && error.status === 429);
  assert.equal((await visitor.get(path.replace("/socket", ""))).status, 200, "its session is told from that");
  for (;;) {
    const line = await visitor.open(path).catch((error) => assert.ok(error instanceof NotUpgraded));
    if (!line) continue;
    await line.welcome();
    break;
  }
});
