import assert from "node:assert/strict";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { SeatLink } from "@raadhuis/protocol/http";
import { z } from "zod";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24125;

const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code: string }).code];

test("all personal links are made anew at once: whoever came in by an old one is out, whoever was removed gets none", async (t) => {
  const house = await houseFor(t, testSettings(PORT));
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const other = await planMeeting(clerk);
  const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  await office.welcome();
  await office.command({ type: "removeSeat", seat: links[2]!.seat });
  const chair = await new Visitor(house.url).sit(links[0]!.link);
  await chair.welcome();
  const elsewhere = await new Visitor(house.url).sit(other.links[0]!.link);
  await elsewhere.welcome();

  const path = `/api/office/meetings/${meeting}/links`;
  assert.deepEqual(codeOf(await new Visitor(house.url).post(path)), [401, "office.no-session"]);
  assert.deepEqual(codeOf(await clerk.post(path, {}, { origin: "http://elsewhere.example" })), [
    403,
    "request.wrong-origin",
  ]);
  await chair.command({ type: "raiseHand" });
  const answer = await clerk.post(path, {});
  const made = z.array(SeatLink).parse(answer.body);
  assert.deepEqual(
    made.map(({ seat, name, role }) => [seat, name, role]),
    [0, 1, 3].map((index) => [links[index]!.seat, links[index]!.name, links[index]!.role]),
  );

  assert.equal((await chair.next("out")).code, "seat.new-link");
  await chair.closed;
  assert.equal((await elsewhere.command({ type: "openMeeting" })).type, "done", "of no other meeting");
  for (const { link } of links) await assert.rejects(new Visitor(house.url).redeem(link), /link\.unknown/);
  for (const { seat, link } of made) assert.equal(await new Visitor(house.url).redeem(link), seat);

  for (const type of ["openMeeting", "endMeeting"]) await office.command({ type });
  assert.deepEqual(codeOf(await clerk.post(path, {})), [409, "meeting.ended"]);
  assert.deepEqual(codeOf(await clerk.post("/api/office/meetings/nomeeting/links", {})), [404, "meeting.unknown"]);
});

test("a new link ends what its seat has of media, also where no session is known of it", {
  timeout: 30_000,
}, async (t) => {
  const putOut = new Map<unknown, () => void>();
  const mediaServer = createServer(async (request, response) => {
    const body = JSON.parse(await text(request));
    if (request.url?.endsWith("/RemoveParticipant")) putOut.get(body.identity)?.();
    response.setHeader("content-type", "application/json").end("{}");
  });
  await new Promise<void>((listening) => mediaServer.listen(PORT + 2, "127.0.0.1", listening));
  t.after(() => mediaServer.close());
  const house = await houseFor(t, testSettings(PORT));
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const allOut = () => Promise.all(links.map(({ seat }) => new Promise<void>((resolve) => putOut.set(seat, resolve))));

  const atOnce = allOut();
  await clerk.post(`/api/office/meetings/${meeting}/links`, {});
  await atOnce;
  const oneByOne = allOut();
  for (const { seat } of links) await clerk.post(`/api/office/meetings/${meeting}/seats/${seat}/link`, {});
  await oneByOne;
});
