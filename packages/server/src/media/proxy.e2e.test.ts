import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type TestContext, test } from "node:test";
import { ErrorBody } from "@raadhuis/protocol/http";
import { CLOSE_LEFT } from "@raadhuis/protocol/socket";
import { pino } from "pino";
import { WebSocket, WebSocketServer } from "ws";
import type { HouseOptions } from "../house.ts";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import type { Line } from "../testing/line.ts";
import { selfOf } from "../testing/mediaserver.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24280;
const DAY = 24 * 3600_000;

/** A media server that is none, beside a house whose first port is `port`, and a seat with a ticket. */
async function withMediaServer(
  t: TestContext,
  { port, mediaServer, ...options }: { port: number; mediaServer: Server } & Partial<HouseOptions>,
) {
  await new Promise<void>((resolve) => mediaServer.listen(port + 2, "127.0.0.1", resolve));
  t.after(() => {
    mediaServer.closeAllConnections();
    mediaServer.close();
  });
  const house = await houseFor(t, testSettings(port), options);
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk, { startsAt: Date.now() + 45 * DAY });
  const sit = async () => {
    const visitor = new Visitor(house.url);
    const line = await visitor.sit(links[0]!.link);
    const ticket = await line.ticket();
    return { visitor, line, token: ticket.token };
  };
  const openMedia = (token: string) =>
    new WebSocket(`${house.url.replace(/^http/, "ws")}/rtc?access_token=${token}`, { origin: house.url });
  const makeNewLink = () => clerk.post(`/api/office/meetings/${meeting}/seats/${links[0]!.seat}/link`, {});
  return { sit, openMedia, makeNewLink, clerk, meeting };
}

test("asking whether a ticket opens costs a seat what opening does, and the media server nothing but a look", async (t) => {
  const asked = new Set<string>();
  const mediaServer = createServer(({ url = "" }, response) => {
    if (url.startsWith("/rtc")) asked.add(url);
    response.end("success");
  });
  const { sit } = await withMediaServer(t, { port: PORT, mediaServer });
  const { visitor, token } = await sit();
  const statuses: number[] = [];
  while (statuses.length < 1_000 && !statuses.includes(429)) {
    const ask = () => visitor.get(`/rtc/v1/validate?access_token=${token}${selfOf["/rtc/v1"]}`);
    statuses.push(...(await Promise.all(Array.from({ length: 20 }, ask))).map(({ status }) => status));
  }
  assert.equal(statuses[0], 200);
  assert.ok(statuses.includes(429));
  assert.deepEqual([...asked], ["/rtc/validate"]);
});

/** A ghost's socket does not close. */
const patience = { timeout: 45_000 };

test(
  "media end with their session, also soon after its last page has gone; those of another session stay",
  patience,
  async (t) => {
    let clock = Date.now();
    const mediaServer = createServer((_request, response) => response.writeHead(404).end());
    new WebSocketServer({ server: mediaServer });
    const options = { now: () => clock, sessionCheckMs: 20, mediaGraceMs: 600_000 };
    const { sit, openMedia } = await withMediaServer(t, { port: PORT + 3, mediaServer, ...options });
    const gone = await sit();
    const ghost = openMedia(gone.token);
    await once(ghost, "open");
    await gone.line.close();
    const here = await sit();
    const media = openMedia(here.token);
    t.after(() => media.terminate());
    await once(media, "open");

    clock += 30 * DAY;
    await once(ghost, "close");
    assert.equal(media.readyState, WebSocket.OPEN);
    assert.equal(here.line.socket.readyState, WebSocket.OPEN);
  },
);

test(
  "media end with the last page of their own session, though another one of the seat is there",
  patience,
  async (t) => {
    // One that cuts nobody by itself.
    const mediaServer = createServer((_request, response) => response.writeHead(404).end());
    new WebSocketServer({ server: mediaServer });
    const { sit, openMedia } = await withMediaServer(t, { port: PORT + 12, mediaServer, mediaGraceMs: 600_000 });
    const gone = await sit();
    const ghost = openMedia(gone.token);
    await once(ghost, "open");
    const here = await sit();
    const media = openMedia(here.token);
    t.after(() => media.terminate());
    await once(media, "open");

    gone.line.socket.close(CLOSE_LEFT);
    await once(ghost, "close");
    assert.equal(media.readyState, WebSocket.OPEN);
  },
);

const ways = {
  "a session that ends": async ({ makeNewLink, line }: Way) => {
    assert.equal((await makeNewLink()).status, 200);
    await line.closed;
  },
  "whoever leaves": async ({ line, visitor, token }: Way) => {
    line.socket.close(CLOSE_LEFT);
    const isAbsent = async () => (await visitor.get(`/rtc/validate?access_token=${token}`)).status === 403;
    for (const end = Date.now() + 20_000; !(await isAbsent()); ) assert.ok(Date.now() < end, "they are still there");
  },
};
interface Way {
  makeNewLink(): Promise<{ status: number }>;
  visitor: Visitor;
  line: Line;
  token: string;
}
for (const [index, [name, go]] of Object.entries(ways).entries())
  test(`${name} while the media server answers leaves no media behind`, patience, async (t) => {
    const asked = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    const mediaServer = createServer((_request, response) => response.end());
    const accepted = new WebSocketServer({ noServer: true });
    const upstreamGone = Promise.withResolvers<void>();
    mediaServer.on("upgrade", async (request, socket, head) => {
      socket.on("close", upstreamGone.resolve);
      asked.resolve();
      await gone.promise;
      accepted.handleUpgrade(request, socket, head, () => undefined);
    });
    const { sit, openMedia, makeNewLink } = await withMediaServer(t, {
      port: PORT + [6, 15][index]!,
      mediaServer,
      mediaGraceMs: 600_000,
    });
    const { visitor, line, token } = await sit();
    const ghost = openMedia(token);
    t.after(() => ghost.terminate());
    const refused = once(ghost, "error");
    await asked.promise;
    await go({ makeNewLink, visitor, line, token });
    gone.resolve();
    await Promise.all([refused, upstreamGone.promise]);
  });

test("a good ticket that the media server refuses for its time is told as two clocks that differ, and kept out of the log", async (t) => {
  const said: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => said.push(line) });
  let words = "";
  const mediaServer = createServer(({ url = "", headers }, response) => {
    // As a LiveKit server has it, the ticket included.
    const token = headers.authorization?.replace("Bearer ", "");
    response
      .writeHead(401)
      .end(url.startsWith("/rtc") ? words : `invalid token: ${token}, error: token is not valid yet`);
  });
  const { sit, clerk, meeting } = await withMediaServer(t, { port: PORT + 9, mediaServer, log });
  const { visitor, token } = await sit();
  const refusal = async () => {
    const { status, body } = await visitor.get(`/rtc/validate?access_token=${token}`);
    return `${status} ${ErrorBody.safeParse(body).data?.code ?? body}`;
  };
  for (words of [
    "ticket.expired",
    "ticket.clock",
    `invalid token: ${token}, error: token has invalid claims: token is expired`,
    `invalid token: ${token}, error: token has invalid claims: token is not valid yet`,
  ])
    assert.equal(await refusal(), "401 ticket.clock", words);
  for (words of ["ticket.revoked", "invalid API key: k"]) assert.equal(await refusal(), `401 ${words}`);
  const line = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  await line.next("health", ({ health }) => health.media.code === "media.clock");
  assert.equal(said.filter((line) => line.includes("ticket.clock")).length, 1);
  assert.ok(said.some((line) => line.includes("token is not valid yet")));
  assert.ok(said.every((line) => !/eyJ[\w-]+\.[\w-]+\./.test(line)));
});
