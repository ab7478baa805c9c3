import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { CLOSE_LEFT } from "@raadhuis/protocol/socket";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import type { HouseOptions } from "../house.ts";
import { houseFor, KEYS, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { refusalOf, Signalling, startMediaServer } from "../testing/mediaserver.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24380;
const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = KEYS;

/** By itself the media server lets go of a socket that answers no ping after 45 s, and of whoever has none after 30 s. */
async function soon(holds: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (const end = Date.now() + 20_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 20)))
    assert.ok(Date.now() < end, `It did not come to be: ${what}`);
}

const isOpen = ({ socket }: Signalling) => socket.readyState === socket.OPEN;

/** A meeting with a media server, and whoever goes into its chamber with sound and picture. */
async function meetingAt(t: TestContext, port: number, options: Partial<HouseOptions>) {
  await startMediaServer(t, port);
  const settings = testSettings(port);
  const house = await houseFor(t, settings, options);
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const direct = `http://127.0.0.1:${port + 2}`;
  const rooms = new RoomServiceClient(direct, key, secret, { requestTimeout: 20 });
  const inRoom = async () => (await rooms.listParticipants(`${meeting}-1`)).map(({ identity }) => identity).sort();
  const join = async (token: string) => {
    const media = await Signalling.open(house.url, token);
    await media.next("join");
    return media;
  };
  const takePart = async (index: number) => {
    const visitor = new Visitor(house.url);
    const { link, seat } = links[index]!;
    const line = await visitor.sit(link);
    const enter = () => visitor.open(`/api/seats/${seat}/socket`);
    const { token } = await line.ticket();
    const media = await join(token);
    const openMedia = () => Signalling.open(house.url, token);
    const mayOpen = async () => (await visitor.get(`/rtc/validate?access_token=${token}`)).status === 200;
    return { seat, line, enter, media, token, openMedia, mayOpen };
  };
  return { house, settings, clerk, meeting, links, direct, inRoom, join, takePart };
}

test("whoever closes their page and keeps their media is put out, whoever is back in time keeps them", async (t) => {
  const graces = { graceMs: 50, mediaGraceMs: 8_000 };
  const { clerk, meeting, inRoom, join, takePart } = await meetingAt(t, PORT, graces);
  const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  const back = await takePart(0);
  const ghost = await takePart(1);
  await back.line.close();
  await office.event("seat.left");
  assert.ok(await back.mayOpen(), "a line that is out for a moment costs nobody their media");
  const page = await back.enter();
  await page.next("media");
  await ghost.line.close();
  await office.event("seat.left");
  assert.deepEqual(await inRoom(), [back.seat, ghost.seat].sort());

  await soon(() => !isOpen(ghost.media), "the socket is cut");
  await soon(async () => !(await inRoom()).includes(ghost.seat), "nobody hears them");
  assert.equal(await refusalOf(ghost.openMedia()), "403 seat.absent");
  assert.equal(await ghost.mayOpen(), false);
  assert.ok(isOpen(back.media));
  assert.deepEqual(await inRoom(), [back.seat]);

  const ticket = await (await ghost.enter()).ticket();
  await join(ticket.token);
  assert.deepEqual(await inRoom(), [back.seat, ghost.seat].sort());
});

test("whoever presses Leave is out at once", async (t) => {
  const { inRoom, takePart } = await meetingAt(t, PORT + 4, { mediaGraceMs: 600_000 });
  const ghost = await takePart(0);
  ghost.line.socket.close(CLOSE_LEFT);
  await soon(() => !isOpen(ghost.media), "the socket is cut");
  await soon(async () => (await inRoom()).length === 0, "nobody hears them");
  assert.equal(await refusalOf(ghost.openMedia()), "403 seat.absent");
});

test("a server that begins anew cuts nobody who comes back, and whoever has no page soon", async (t) => {
  const first = await meetingAt(t, PORT + 8, { graceMs: 600_000 });
  const { meeting, links, inRoom, join } = first;
  const here = await first.takePart(0);
  const ghost = await first.takePart(1);
  await first.house.close();
  await houseFor(t, first.settings, { mediaGraceMs: 5_000 });
  const page = await here.enter();
  await page.next("media");
  const media = await join(here.token);
  const kept = await join(ghost.token);
  // Whose sound and picture go on without a socket at the chamber, as after a death of the server.
  const silent = new AccessToken(key, secret, { identity: links[2]!.seat, attributes: { session: "none" } });
  silent.addGrant({ roomJoin: true, room: `${meeting}-1`, canSubscribe: true });
  await (await Signalling.open(first.direct, await silent.toJwt())).next("join");

  await soon(() => !isOpen(kept), "the socket is cut");
  await soon(async () => (await inRoom()).join() === here.seat, "only whoever came back is there");
  assert.ok(isOpen(media));
  assert.equal(await refusalOf(ghost.openMedia()), "403 seat.absent");
});
