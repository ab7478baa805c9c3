import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type TestContext, test } from "node:test";
import { sessionBrought } from "../http/brought.ts";
import { Hub } from "../meetings/hub.ts";
import type { Part } from "../parts/part.ts";
import { hashOf } from "../random.ts";
import { ground, waitFor } from "../testing/alone.ts";
import { mediaPart } from "./part.ts";

const PORT = 24390;

/** A media server without rooms that keeps what it is asked; it answers when `answer` allows. */
async function emptyMediaServer(t: TestContext, port: number) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url?.split("/").at(-1) ?? "");
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ rooms: [] }));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return asked;
}

test("by itself it looks at tickets, and lets nobody to the media server who has none or is in no chamber", async (t) => {
  const alone = await ground(t, PORT);
  const { part, ticketsFor } = mediaPart({ ...alone, hub: new Hub(), mediaGraceMs: 0 });
  const brought = new Set<string | undefined>();
  const beside: Part = {
    name: "beside",
    routes: (app) =>
      void app.addHook("onRequest", async (request) => {
        brought.add(await sessionBrought(request));
      }),
  };
  const { visitor } = await alone.open(beside, part);
  const code = async (query: string) => Object((await visitor().get(`/rtc/validate${query}`)).body).code;
  assert.equal(await code(""), "ticket.missing");

  const { meeting, seats } = await alone.plan();
  await alone.store.access.redeem(
    { meeting, hash: hashOf(seats[0]!.secret) },
    { hash: "session", now: Date.now(), expiresAt: Date.now() + 60_000 },
  );
  await alone.command(meeting, { type: "openMeeting" });
  const [ticket] = await ticketsFor(alone.meetings.peek(meeting)!, seats[0]!.seat, "session");
  await waitFor(async () => (await code(`?access_token=${ticket!.token}`)) === "seat.absent");
  // Whoever floods the house from the same network does not keep this one from being answered.
  assert.deepEqual([...brought], [undefined, "session"]);
});

test("the media server is kept in step while that is its duty, and from the beginning each time", async (t) => {
  const alone = await ground(t, PORT + 4);
  const asked = await emptyMediaServer(t, PORT + 6);
  const { part, steward } = mediaPart({ ...alone, hub: new Hub() });
  const { parts } = await alone.open(part);
  const { meeting } = await alone.plan();
  await alone.command(meeting, { type: "openMeeting" });
  assert.deepEqual([asked, steward.media], [[], "away"], "off duty it asked something");

  await parts.startDuty();
  await waitFor(() => steward.media === "well");
  await alone.command(meeting, { type: "closeDoors" });
  await waitFor(() => asked.includes("CreateRoom") && asked.includes("DeleteRoom"));

  await parts.stopDuty();
  asked.length = 0;
  await alone.command(meeting, { type: "openDoors" });
  assert.deepEqual(asked, [], "off duty it followed");
  await parts.startDuty();
  // Not a second later: everything is compared when the duty begins.
  await waitFor(() => asked.length >= 2);
  assert.deepEqual(asked.slice(0, 2), ["ListRooms", "ListRooms"]);
});
