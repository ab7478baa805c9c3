import assert from "node:assert/strict";
import { test } from "node:test";
import { BROADCAST_IDENTITY } from "@raadhuis/meeting";
import { AccessToken, RoomServiceClient, TrackSource } from "livekit-server-sdk";
import { houseFor, KEYS, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { type Line, NotUpgraded } from "../testing/line.ts";
import { Signalling, startMediaServer } from "../testing/mediaserver.ts";
import { Visitor } from "../testing/visitor.ts";
import { MediaServer } from "./mediaserver.ts";

const PORT = 24370;
const SECRET = "of this start of the house";
const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = KEYS;
/** The media server's own port, which whatever runs on the same machine can reach. */
const direct = `http://127.0.0.1:${PORT + 2}`;

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString());
const now = () => Math.floor(Date.now() / 1000);

async function answerOf(opening: Promise<unknown>): Promise<string> {
  try {
    await opening;
  } catch (error) {
    if (error instanceof NotUpgraded) return `${error.status} ${error.body}`;
    throw error;
  }
  return "open";
}

test("a removal and the second in which it happens", async (whole) => {
  await startMediaServer(whole, PORT, { RAADHUIS_ADMISSION_SECRET: SECRET });
  const house = await houseFor(whole, testSettings(PORT), { admissionSecret: SECRET, graceMs: 60_000 });
  const rooms = new RoomServiceClient(direct, key, secret, { requestTimeout: 20 });
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const sit = (index: number) => new Visitor(house.url).sit(links[index]!.link);
  const chair = await sit(0);
  const member = await sit(1);
  const other = await sit(2);
  const ticketOf = async (line: Line) => {
    line.heard.length = 0;
    line.say({ type: "ticket" });
    return (await line.ticket()).token;
  };
  const join = async (token: string) => {
    const signalling = await Signalling.open(house.url, token);
    await signalling.next("join");
    return signalling;
  };

  await whole.test("straight at the media server no seat's ticket opens anything, of whatever second", async () => {
    const first = await ticketOf(other);
    const signalling = await join(first);
    const renewed = String((await signalling.next("refreshToken")).value);
    assert.equal((await chair.command({ type: "removeSeat", seat: links[2]!.seat })).type, "done");
    await signalling.closed;
    // What a client that reconnects all the time would hold, at the latest: made after it was put out.
    const late = new AccessToken(key, secret, {
      identity: links[2]!.seat,
      ttl: 60,
      attributes: claimsOf(first).attributes,
    });
    const sources = { canPublish: true, canPublishSources: [TrackSource.MICROPHONE] };
    late.addGrant({ ...{ roomJoin: true, room: `${meeting}-1`, canSubscribe: true }, ...sources });
    for (const [name, token] of Object.entries({ first, renewed, late: await late.toJwt() }))
      for (const path of ["/rtc", "/rtc/v1"] as const)
        assert.match(
          await answerOf(Signalling.open(direct, token, { path })),
          /^401 ticket\.(not-admitted|revoked)/,
          name,
        );
    assert.equal(await answerOf(Signalling.open(direct, await ticketOf(member))), "401 ticket.not-admitted");
  });

  await whole.test(
    "the broadcast, which comes by its ticket alone, is not let into a room that it was put out of",
    async () => {
      const server = new MediaServer(direct, { apiKey: key, apiSecret: secret });
      const ticket = async () => {
        const token = new AccessToken(key, secret, { identity: BROADCAST_IDENTITY, ttl: 60 });
        token.addGrant({ roomJoin: true, room: `${meeting}-1`, hidden: true, recorder: true, canPublish: false });
        return token.toJwt();
      };
      for (let tries = 1; ; tries++) {
        const token = await ticket();
        await server.removeParticipant(`${meeting}-1`, BROADCAST_IDENTITY);
        assert.equal(await answerOf(Signalling.open(direct, token)), "401 ticket.revoked");
        if (claimsOf(token).nbf === now()) return;
        assert.ok(tries < 20, "never in the same second");
      }
    },
  );

  await whole.test("somebody who is let in again within that second gets in", async () => {
    for (let tries = 1; ; tries++) {
      const signalling = await join(await ticketOf(member));
      const removed = now();
      await rooms.removeParticipant(`${meeting}-1`, links[1]!.seat, { revokeTokenTs: BigInt(removed) });
      await signalling.closed;
      const again = await ticketOf(member);
      (await join(again)).socket.close();
      if (claimsOf(again).nbf === removed) return;
      assert.ok(tries < 20, "never in the same second");
    }
  });
});
