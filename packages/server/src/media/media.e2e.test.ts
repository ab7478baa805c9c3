import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { SeatLink } from "@raadhuis/protocol/http";
import { AccessToken, RoomServiceClient, TrackSource } from "livekit-server-sdk";
import { z } from "zod";
import { houseFor, KEYS, planMeeting, setUp, testSettings } from "../testing/house.ts";
import type { Line } from "../testing/line.ts";
import { kill, refusalOf, Signalling, selfOf, startMediaServer } from "../testing/mediaserver.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24100;
const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = KEYS;

const Claims = z.looseObject({
  sub: z.string(),
  exp: z.number(),
  attributes: z.object({ session: z.string() }),
  video: z.record(z.string(), z.unknown()),
});
const claimsOf = (token: string) => Claims.parse(JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()));

const until = async (holds: () => Promise<boolean> | boolean, what: string): Promise<void> => {
  const end = Date.now() + 45_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`It never came to be: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** A participant that answers no ping is let go after 45 s by itself; what the house ends, it ends at once. */
const endedByHouse = async ({ closed }: Signalling): Promise<void> => {
  const late = new AbortController();
  const limit = pause(15_000, "late", { signal: late.signal }).catch(() => "in time");
  assert.notEqual(await Promise.race([closed, limit]), "late");
  late.abort();
};

test("media", async (whole) => {
  const t = whole;
  let sfu = await startMediaServer(t, PORT);
  const house = await houseFor(t, testSettings(PORT), { graceMs: 60_000 });
  const rooms = new RoomServiceClient(`http://127.0.0.1:${PORT + 2}`, key, secret, { requestTimeout: 20 });
  const roomNames = async () => (await rooms.listRooms()).map(({ name }) => name).sort();
  const inRoom = async (room: string) => {
    if (!(await roomNames()).includes(room)) return [];
    return (await rooms.listParticipants(room)).map(({ identity }) => identity).sort();
  };
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const [chairSeat, memberSeat, otherSeat, citizenSeat] = links.map(({ seat }) => seat) as [
    string,
    string,
    string,
    string,
  ];
  const sit = (index: number) => new Visitor(house.url).sit(links[index]!.link);
  const ticketOf = async (line: Line) => {
    line.heard.length = 0;
    line.say({ type: "ticket" });
    return line.ticket();
  };
  const chair = await sit(0);
  let member = await sit(1);
  const other = await sit(2);
  const citizen = await sit(3);
  const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);

  await t.test("a ticket lasts a minute, is for one seat in one room, and names nobody", async () => {
    const asked = Math.floor(Date.now() / 1000);
    const { token, publish } = await ticketOf(chair);
    const claims = claimsOf(token);
    assert.equal(claims.sub, chairSeat);
    assert.ok(claims.exp >= asked + 59 && claims.exp <= Date.now() / 1000 + 61, `${claims.exp - asked} s`);
    assert.deepEqual(claims.video, {
      roomJoin: true,
      room: `${meeting}-1`,
      canPublish: true,
      canPublishSources: ["camera", "microphone", "screen_share", "screen_share_audio"],
      canSubscribe: true,
      canPublishData: false,
      canUpdateOwnMetadata: false,
    });
    assert.equal(publish.length, 4);
    assert.ok(!JSON.stringify(claims).includes("Voorzitter"));
    const quiet = await ticketOf(citizen);
    assert.deepEqual(quiet.publish, []);
    assert.equal(claimsOf(quiet.token).video.canPublish, false);
  });

  await t.test("validate without a ticket is 401, with one it is what the media server says", async () => {
    const visitor = new Visitor(house.url);
    for (const path of ["/rtc", "/rtc/v1"] as const) {
      const without = await visitor.get(`${path}/validate`);
      assert.deepEqual([without.status, (without.body as { code: string }).code], [401, "ticket.missing"]);
      const { token } = await ticketOf(chair);
      assert.equal((await visitor.get(`${path}/validate?access_token=${token}${selfOf[path]}`)).status, 200);
    }
  });

  const sign = async (identity: string, room: string, { ttl = 60, by = secret, session = "none", more = {} } = {}) => {
    const token = new AccessToken(key, by, { identity, ttl, attributes: { session } });
    const rights = { canSubscribe: true, canPublish: false, canPublishData: false, canUpdateOwnMetadata: false };
    token.addGrant({ roomJoin: true, room, ...rights, ...more });
    return token.toJwt();
  };

  await t.test("a ticket that is missing, forged, expired or for another room opens nothing", async () => {
    const open = (token: string, origin = house.url) => refusalOf(Signalling.open(house.url, token, { origin }));
    assert.equal(await open(""), "401 ticket.missing");
    assert.equal(await open("nonsense"), "401 ticket.invalid");
    assert.equal(
      await open(await sign(chairSeat, `${meeting}-1`, { by: "another secret of 32 characters!" })),
      "401 ticket.invalid",
    );
    assert.equal(await open(await sign(chairSeat, `${meeting}-1`, { ttl: -70 })), "401 ticket.expired");
    assert.equal(await open(await sign(chairSeat, `${meeting}-7`)), "403 ticket.wrong-room");
    assert.equal(await open(await sign(chairSeat, "abcdefgh23456789-1")), "403 ticket.wrong-room");
    assert.equal(await open(await sign(chairSeat, "lobby")), "401 ticket.invalid");
    assert.equal(await open(await sign("abcdefgh23456789", `${meeting}-1`)), "403 ticket.wrong-room");
    assert.equal(await open(await sign("egress", `${meeting}-1`, { more: { hidden: true } })), "401 ticket.invalid");
    assert.equal(await open((await ticketOf(chair)).token, "http://evil.example"), "403 request.wrong-origin");
    assert.equal(await open((await ticketOf(chair)).token, ""), "403 request.wrong-origin");
    const more = { canPublish: true, canPublishSources: [TrackSource.CAMERA] };
    assert.equal(await open(await sign(citizenSeat, `${meeting}-1`, { more })), "401 ticket.expired");
    assert.deepEqual(await inRoom(`${meeting}-1`), []);
  });

  await t.test(
    "`/rtc` of older clients is the same door: the seat's present state decides, then it opens",
    async () => {
      const path = "/rtc";
      const open = (token: string) => refusalOf(Signalling.open(house.url, token, { path }));
      assert.equal(await open(""), "401 ticket.missing");
      assert.equal(await open(await sign(chairSeat, `${meeting}-7`)), "403 ticket.wrong-room");
      const more = { canPublish: true, canPublishSources: [TrackSource.CAMERA] };
      assert.equal(await open(await sign(citizenSeat, `${meeting}-1`, { more })), "401 ticket.expired");
      const signalling = await Signalling.open(house.url, (await ticketOf(chair)).token, { path });
      await signalling.next("join");
      await signalling.next("offer");
      assert.deepEqual(await inRoom(`${meeting}-1`), [chairSeat]);
      signalling.socket.close();
      await signalling.closed;
    },
  );

  await t.test("the ticket that was looked at is the one that is used, whatever else is sent along", async () => {
    const good = (await ticketOf(chair)).token;
    const foreign = await sign(chairSeat, "abcdefgh23456789-1");
    const signalling = await Signalling.open(house.url, good, { query: `&access_token=${foreign}` });
    await signalling.next("join");
    assert.deepEqual(await inRoom(`${meeting}-1`), [chairSeat]);
    assert.deepEqual(await inRoom("abcdefgh23456789-1"), []);
    signalling.socket.close();
    await signalling.closed;
  });

  await t.test("an address that names another host leads there neither request nor ticket", async () => {
    const called: string[] = [];
    const elsewhere = createServer((request, response) => {
      called.push(request.url ?? "");
      response.end();
    }).listen(0, "127.0.0.1");
    await once(elsewhere, "listening");
    t.after(() => elsewhere.close());
    const { port } = elsewhere.address() as AddressInfo;
    const { token } = await ticketOf(chair);
    for (const path of ["/rtc", "/rtc/v1"] as const) {
      const socket = connect(PORT, "localhost");
      const target = `http://127.0.0.1:${port}${path}/validate?access_token=${token}${selfOf[path]}`;
      socket.write(`GET ${target} HTTP/1.1\r\nhost: localhost:${PORT}\r\nconnection: close\r\n\r\n`);
      const answer = String(Buffer.concat(await socket.toArray()));
      assert.match(answer, /^HTTP\/1\.1 400/);
    }
    assert.deepEqual(called, []);
  });

  const join = async (line: Line) => {
    const signalling = await Signalling.open(house.url, (await ticketOf(line)).token);
    await signalling.next("join");
    return signalling;
  };

  await t.test("of the media server's metrics and debug pages nothing is passed on", async () => {
    const seen = /raadhuis_sfu_|<title>Rooms/;
    for (const path of ["/metrics", "/debug/rooms"])
      assert.match(await (await fetch(`http://127.0.0.1:${PORT + 2}${path}`)).text(), seen);
    const { hostname, port } = new URL(house.url);
    for (const path of [
      "/metrics",
      "/debug/rooms",
      "/rtc/../metrics",
      "/rtc/v1/../../debug/rooms",
      "/rtc/%2e%2e/metrics",
      "/rtc/v1/validate/../../../metrics",
      "/rtc//metrics",
      `http://127.0.0.1:${PORT + 2}/metrics`,
    ])
      for (const upgrade of ["", "upgrade: websocket\r\nconnection: upgrade\r\n"]) {
        const socket = connect(Number(port), hostname);
        socket.on("error", () => undefined);
        const host = upgrade === "" ? "connection: close\r\n" : upgrade;
        socket.end(`GET ${path} HTTP/1.1\r\nhost: localhost:${port}\r\n${host}\r\n`);
        let answer = "";
        for await (const chunk of socket) answer += chunk;
        assert.doesNotMatch(answer, seen, path);
      }
  });

  await t.test("opening the meeting: a new room for everybody, the old one is gone, with its tickets", async () => {
    const old = await join(chair);
    const before = await ticketOf(member);
    await chair.command({ type: "openMeeting" });
    await old.next("leave");
    await until(async () => !(await roomNames()).includes(`${meeting}-1`), "the old room is deleted");
    assert.equal(await refusalOf(Signalling.open(house.url, before.token)), "403 ticket.wrong-room");
    for (const line of [chair, member, citizen]) await join(line);
    assert.deepEqual(await inRoom(`${meeting}-2`), [chairSeat, memberSeat, citizenSeat].sort());
  });

  await t.test("a citizen may speak while they have the floor: told to the media server and the page", async () => {
    const permissionOf = async () => (await rooms.getParticipant(`${meeting}-2`, citizenSeat)).permission;
    citizen.heard.length = 0;
    // Arrivals are told together, up to some seconds later.
    const given = async () => (await chair.command({ type: "giveFloor", seat: citizenSeat })).type === "done";
    await until(given, "the citizen counts as present");
    assert.equal((await citizen.next("rights")).publish.length, 4);
    await until(async () => (await permissionOf())?.canPublish === true, "the media server lets them speak");
    const speaking = await ticketOf(citizen);
    await chair.command({ type: "takeFloor", seat: citizenSeat });
    assert.deepEqual((await citizen.next("rights")).publish, []);
    await until(async () => (await permissionOf())?.canPublish === false, "the media server does so no more");
    assert.equal(await refusalOf(Signalling.open(house.url, speaking.token)), "401 ticket.expired");
  });

  await t.test("a removed person is out of the room at once, and their ticket opens nothing", async () => {
    const signalling = await join(other);
    const { token } = await ticketOf(other);
    await chair.command({ type: "removeSeat", seat: otherSeat });
    await signalling.closed;
    await until(async () => !(await inRoom(`${meeting}-2`)).includes(otherSeat), "the removed are out");
    assert.equal(await refusalOf(Signalling.open(house.url, token)), "403 seat.removed");
  });

  await t.test("a new link ends what the old one opened, media too, and its tickets", async () => {
    const before = await sit(1);
    const signalling = await join(before);
    const { token } = await ticketOf(before);
    const answer = await clerk.post(`/api/office/meetings/${meeting}/seats/${memberSeat}/link`);
    await endedByHouse(signalling);
    await until(async () => !(await inRoom(`${meeting}-2`)).includes(memberSeat), "whoever had the link is out");
    assert.equal(await refusalOf(Signalling.open(house.url, token)), "401 seat.no-session");
    member = await new Visitor(house.url).sit(SeatLink.parse(answer.body).link);
    await join(member);
    assert.ok((await inRoom(`${meeting}-2`)).includes(memberSeat));
  });

  await t.test("a session that ends for a new one ends with its media, and the newer one's stay", async () => {
    const { link } = SeatLink.parse(
      (await clerk.post(`/api/office/meetings/${meeting}/seats/${memberSeat}/link`)).body,
    );
    const oldest = await new Visitor(house.url).sit(link);
    const signalling = await join(oldest);
    const { token } = await ticketOf(oldest);
    const others: Line[] = [];
    for (let n = 0; n < 11; n++) others.push(await new Visitor(house.url).sit(link));
    // Each of the twelve has an open page: the oldest makes room.
    member = await new Visitor(house.url).sit(link);
    await endedByHouse(signalling);
    await until(async () => !(await inRoom(`${meeting}-2`)).includes(memberSeat), "whose session ended is out");
    assert.equal(await refusalOf(Signalling.open(house.url, token)), "401 seat.no-session");
    const stays = await join(member);
    await new Visitor(house.url).sit(link);
    assert.equal((await others[0]!.next("out")).code, "seat.no-session");
    // The media server says in turn what it was told, so that nothing later may still end it.
    assert.ok((await inRoom(`${meeting}-2`)).includes(memberSeat));
    assert.equal(stays.socket.readyState, stays.socket.OPEN);
  });

  await t.test("doors close: whoever stays moves to a new room, whoever does not is out and stays out", async () => {
    const signalling = await join(citizen);
    const { token } = await ticketOf(citizen);
    member.heard.length = 0;
    await chair.command({ type: "closeDoors" });
    await signalling.closed;
    assert.equal(await refusalOf(Signalling.open(house.url, token)), "403 seat.not-admitted");
    // Nor does a ticket for the closed part, should one exist.
    assert.equal(
      await refusalOf(Signalling.open(house.url, await sign(citizenSeat, `${meeting}-3`))),
      "403 seat.not-admitted",
    );
    const ticket = await member.ticket();
    await (await Signalling.open(house.url, ticket.token)).next("join");
    await until(async () => (await roomNames()).join() === `${meeting}-3`, "only the new room is there");
    assert.deepEqual(await inRoom(`${meeting}-3`), [memberSeat]);
  });

  await t.test("with the media server dead the meeting goes on; when it is back it is brought in step", async () => {
    office.heard.length = 0;
    await kill(sfu);
    await office.next("health", ({ health }) => health.media.code === "media.unavailable");
    const { token } = await ticketOf(chair);
    assert.equal(await refusalOf(Signalling.open(house.url, token)), "503 media.unavailable");
    const { status, headers } = await new Visitor(house.url).get(`/rtc/v1/validate?access_token=${token}`);
    assert.deepEqual([status, headers.get("retry-after")], [503, "2"]);
    const began = Date.now();
    assert.equal((await chair.command({ type: "openDoors" })).type, "done");
    assert.ok(Date.now() - began < 5_000);
    sfu = await startMediaServer(t, PORT);
    // Before the house has looked: somebody with a ticket of the closed part, straight at the media server.
    const stray = await Signalling.open(`http://127.0.0.1:${PORT + 2}`, token);
    await Promise.race([stray.next("leave"), stray.closed]);
    await until(async () => !(await roomNames()).includes(`${meeting}-3`), "the closed part's room is gone");
    await office.next("health", ({ health }) => health.media.code === "media.well");
    await join(chair);
    await join(citizen);
    assert.deepEqual(await inRoom(`${meeting}-4`), [chairSeat, citizenSeat].sort());
  });

  await t.test("whoever comes while the media server begins anew is kept waiting for it", async (t) => {
    const { token } = await ticketOf(chair);
    // More patient than ours: how soon a media server begins depends on the machine.
    const patient = await houseFor(
      t,
      testSettings(PORT + 20, { LIVEKIT_URL: `ws://127.0.0.1:${PORT + 2}`, RAADHUIS_DATA: house.settings.data }),
      { graceMs: 60_000, patienceMs: 60_000 },
    );
    await kill(sfu);
    const coming = Signalling.open(patient.url, token);
    sfu = await startMediaServer(whole, PORT);
    assert.equal((await (await coming).next("join")).case, "join");
  });

  await t.test("a server that starts finds who should not be there, and mends it", async () => {
    const outside = `http://127.0.0.1:${PORT + 2}`;
    const more = { canPublish: true, canPublishSources: [] };
    await Signalling.open(outside, await sign(otherSeat, `${meeting}-4`));
    await Signalling.open(outside, await sign(memberSeat, `${meeting}-2`));
    const { session } = claimsOf((await ticketOf(citizen)).token).attributes;
    const loud = await Signalling.open(outside, await sign(citizenSeat, `${meeting}-4`, { session, more }));
    await loud.next("join");
    const again = testSettings(PORT + 10, {
      LIVEKIT_URL: `ws://127.0.0.1:${PORT + 2}`,
      RAADHUIS_DATA: house.settings.data,
    });
    const second = await houseFor(t, again);
    await until(
      async () => (await inRoom(`${meeting}-4`)).join() === [chairSeat, citizenSeat].sort().join(),
      "the removed are out",
    );
    await until(async () => !(await roomNames()).includes(`${meeting}-2`), "the old room is gone");
    await until(
      async () => (await rooms.getParticipant(`${meeting}-4`, citizenSeat)).permission?.canPublish === false,
      "the citizen is quiet",
    );
    assert.ok(second.port);
  });

  await t.test("a meeting that ends leaves no room behind", async () => {
    await chair.command({ type: "endMeeting" });
    await until(async () => (await roomNames()).length === 0, "no room is left");
  });
});
