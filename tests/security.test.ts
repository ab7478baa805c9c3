import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { JoinRequest, WrappedJoinRequest } from "@livekit/protocol";
import { PROTOCOL_VERSION } from "@raadhuis/protocol/socket";
import { AccessToken, TrackSource, type VideoGrant } from "livekit-server-sdk";
import { type House, startHouse } from "./lib/house.ts";
import { ask, linkParts, post, redeem, SeatSocket, type Session, upgrade } from "./lib/visitor.ts";
import { until } from "./lib/wait.ts";

/** What an uninvited, clever and patient person tries at both doors of a house in which a council meets. */
let house: House;
let chamber = "";
let gallery = "";
let chair: Session;
let member: Session;
let chairSocket: SeatSocket;
let memberSocket: SeatSocket;
/** Every secret that was shown to anyone in this file; none may stand in a log or in public. */
const secrets: string[] = [];

before(async () => {
  house = await startHouse({ args: ["--demo", "--people", "1", "--planned"] });
  chamber = new URL(house.ready.home).origin;
  gallery = new URL(house.ready.gallery).origin;
  const links = [house.ready.chair, house.ready.clerk, house.ready.citizen, ...(house.ready.members ?? [])];
  secrets.push(...links.flatMap((link) => (link ? [linkParts(link).secret] : [])));
  assert.ok(secrets.length >= 7 && secrets.every((secret) => secret.length >= 20));
  chair = await redeem(house.ready.chair!);
  member = await redeem(house.ready.members![0]!);
  chairSocket = await SeatSocket.open(chair);
  memberSocket = await SeatSocket.open(member);
  secrets.push(chair.cookie.split("=")[1]!, member.cookie.split("=")[1]!);
});
after(() => house?.close());

const socketPath = ({ seat }: Session) => `/api/seats/${seat}/socket`;

/** Signs a ticket with the house's own key, as only a leak could: what it opens must still depend on the seat. */
async function forge(
  grant: VideoGrant,
  { identity = member.seat, ttl = 60, secret }: { identity?: string; ttl?: number | string; secret?: string } = {},
): Promise<string> {
  const environment = await readFile(`/proc/${await house.pidOf("server")}/environ`, "utf8");
  const value = (name: string) => new RegExp(`(?:^|\\0)${name}=([^\\0]*)`).exec(environment)?.[1] ?? "";
  const own = { identity, ttl, attributes: { session: "nobody's" } };
  const token = new AccessToken(value("LIVEKIT_API_KEY"), secret ?? value("LIVEKIT_API_SECRET"), own);
  const rights = { canPublish: true, canPublishSources: [TrackSource.MICROPHONE], canSubscribe: true };
  token.addGrant({ roomJoin: true, ...rights, canPublishData: false, canUpdateOwnMetadata: false, ...grant });
  return token.toJwt();
}

const openMedia = (token: string, path = "/rtc") =>
  upgrade(chamber, `${path}?access_token=${token}&protocol=16&sdk=js&version=2.15.0`, { origin: chamber });

/** Whether a socket lets somebody in: whoever has no session is refused before the upgrade; others hear why not. */
async function letsIn(path: string, headers: Record<string, string>): Promise<boolean> {
  const answer = await upgrade(chamber, path, headers);
  if ("status" in answer) {
    assert.ok(answer.status === 401 || answer.status === 403 || answer.status === 404, `${path}: ${answer.status}`);
    return false;
  }
  const { socket } = answer;
  const heard: string[] = [];
  socket.on("message", (data) => heard.push(String(data)));
  socket.on("error", () => undefined);
  socket.send(JSON.stringify({ type: "hello", protocol: PROTOCOL_VERSION, since: 0 }));
  await until("an answer", () => heard.length > 0 || socket.readyState === socket.CLOSED);
  const told = heard.map((text): unknown => JSON.parse(text));
  if (told.some((message) => !isOut(message))) {
    socket.terminate();
    return true;
  }
  await until("the end of the socket", () => socket.readyState === socket.CLOSED);
  return false;
}

const isOut = (message: unknown): boolean =>
  typeof message === "object" && message !== null && "type" in message && message.type === "out";

async function refusedMedia(token: string, what: string): Promise<string> {
  for (const path of ["/rtc", "/rtc/v1"]) {
    const answer = await openMedia(token, path);
    if ("socket" in answer) {
      answer.socket.terminate();
      assert.fail(`${what} opened ${path}`);
    }
    assert.ok(answer.status === 401 || answer.status === 403, `${what}: ${answer.status}`);
  }
  const validate = await ask(chamber, `/rtc/validate?access_token=${token}`);
  assert.ok(validate.status === 401 || validate.status === 403, `${what}: validate says ${validate.status}`);
  return validate.code;
}

test("a preview robot that opens a personal link uses nothing up and learns nothing", async () => {
  const { path, secret } = linkParts(house.ready.members![1]!);
  for (const method of ["GET", "HEAD", "GET"]) {
    const answer = await ask(chamber, path, { method, headers: { "user-agent": "facebookexternalhit/1.1" } });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.cookies, []);
    assert.ok(!answer.text.includes(secret));
  }
  const session = await redeem(house.ready.members![1]!);
  assert.match(session.seat, /^[a-z0-9]{8,32}$/);
});

test("an unknown or altered link opens nothing, and says so alike", async () => {
  const { meeting, secret } = linkParts(house.ready.chair!);
  const altered = `${secret.slice(0, -1)}${secret.endsWith("A") ? "B" : "A"}`;
  for (const body of [
    { meeting, secret: altered },
    { meeting, secret: "" },
    { meeting: "a".repeat(10), secret },
  ]) {
    const answer = await post(chamber, "/api/seats/redeem", body);
    assert.ok(answer.status === 404 || answer.status === 400, `${answer.status} ${answer.code}`);
    assert.ok(["link.unknown", "request.malformed"].includes(answer.code), answer.code);
    assert.deepEqual(answer.cookies, []);
  }
});

test("a seat's cookie is HttpOnly, for its own path, and opens no other seat", async () => {
  const { meeting, secret } = linkParts(house.ready.members![2]!);
  const { cookies } = await post(chamber, "/api/seats/redeem", { meeting, secret });
  assert.equal(cookies.length, 1);
  assert.match(cookies[0]!, /;\s*HttpOnly/i);
  assert.match(cookies[0]!, /;\s*Path=\/api\/seats\/[a-z0-9]+/i);
  assert.doesNotMatch(cookies[0]!, /;\s*Domain=/i);
  assert.equal(await letsIn(socketPath(chair), { origin: chamber, cookie: chair.cookie }), true);
  const value = member.cookie.split("=").slice(1).join("=");
  const renamed = chair.cookie.replace(/=.*/, `=${value}`);
  for (const cookie of [member.cookie, renamed, `${member.cookie}; ${renamed}`]) {
    assert.equal(await letsIn(socketPath(chair), { origin: chamber, cookie }), false);
    assert.equal((await ask(chamber, `/api/seats/${chair.seat}`, { headers: { cookie } })).status, 401);
  }
});

test("no socket opens without the exact origin, not even with the cookie", async () => {
  const port = new URL(chamber).port;
  const others = [
    undefined,
    "null",
    gallery,
    `http://localhost:${port}.example`,
    `https://localhost:${port}`,
    "http://localhost",
  ];
  for (const origin of others)
    for (const path of [socketPath(chair), "/rtc", "/rtc/v1"]) {
      const headers = { cookie: chair.cookie, ...(origin === undefined ? {} : { origin }) };
      const answer = await upgrade(chamber, path, headers);
      assert.ok("status" in answer, `${origin} opened ${path}`);
      assert.equal(answer.code, "request.wrong-origin", `${origin} at ${path}`);
    }
});

test("nothing changes without the exact origin", async () => {
  const { meeting, secret } = linkParts(house.ready.members![1]!);
  for (const origin of ["null", gallery, "https://evil.example"]) {
    const answer = await post(chamber, "/api/seats/redeem", { meeting, secret }, { origin });
    assert.deepEqual([answer.status, answer.code, answer.cookies], [403, "request.wrong-origin", []]);
  }
  const form = await ask(chamber, "/api/seats/redeem", {
    method: "POST",
    headers: { "content-type": "text/plain" },
    body: JSON.stringify({ meeting, secret }),
  });
  assert.deepEqual([form.status, form.cookies], [403, []]);
});

test("an unknown host name is refused at the chamber", async () => {
  for (const host of ["evil.example", `127.0.0.1:${new URL(chamber).port}`, "localhost"]) {
    const answer = await ask(chamber, "/api/house", { headers: { host } });
    assert.equal(answer.code, "request.unknown-host", host);
  }
});

test("the office opens to no seat and to nobody", async () => {
  for (const headers of [{}, { cookie: chair.cookie }]) {
    for (const path of ["/api/office", "/api/office/people", "/api/office/meetings"]) {
      const answer = await ask(chamber, path, { headers });
      assert.deepEqual([answer.status, answer.code], [401, "office.no-session"], path);
    }
    const path = `/api/office/meetings/${chair.meeting}/socket`;
    assert.equal(await letsIn(path, { origin: chamber, ...headers }), false);
  }
});

test("a one-time link into the office works once, and the house cannot be set up twice", async () => {
  const link = new URL(house.ready.office);
  const secret = link.hash.slice(1);
  secrets.push(secret);
  assert.equal((await post(chamber, "/api/office/sign-in", { secret })).status, 200);
  const again = await post(chamber, "/api/office/sign-in", { secret });
  assert.equal(again.code, "office.link-used");
  assert.deepEqual(again.cookies, []);
  const clerk = { name: "Dief", email: "dief@example.org", password: "een lang genoeg wachtwoord" };
  const setUp = await post(chamber, "/api/office/setup", { secret, body: "Dievenstad", clerk, demo: false });
  assert.equal(setUp.status, 409);
});

const traversals = [
  "/../raadhuis.db",
  "/../../etc/passwd",
  "/assets/../../../../etc/passwd",
  "/public/../raadhuis.db",
  "/public/..%2fraadhuis.db",
  "/public/%2e%2e/raadhuis.db",
  "/public/%2e%2e%2fdemo.json",
  "/public/..%5c..%5cdemo.json",
  "/public/....//demo.json",
  "/public//etc/passwd",
  "/public/%00/../raadhuis.db",
  "/raadhuis.db",
  "/demo.json",
  "/public/.",
  "/public/",
];

test("no path climbs out of what a door serves", async () => {
  const keys = await readFile(join(house.data, "demo.json"), "utf8");
  assert.equal((await stat(join(house.data, "demo.json"))).mode & 0o777, 0o600);
  for (const origin of [chamber, gallery])
    for (const path of traversals) {
      const { text, status } = await ask(origin, path);
      assert.ok(!/^SQLite format|root:.*:0:0:/m.test(text), `${origin}${path}`);
      assert.ok(!text.includes(keys.slice(0, 40)), `${origin}${path}`);
      assert.ok(status < 500, `${origin}${path}: ${status}`);
    }
});

test("the proxy leads to the media server's signalling and to nothing else of it", async () => {
  const token = await forge({ room: `${chair.meeting}-1`, roomAdmin: true, roomList: true, roomCreate: true });
  const headers = { authorization: `Bearer ${token}`, origin: chamber, "content-type": "application/json" };
  for (const prefix of [
    "",
    "/rtc/..",
    "/rtc/v1/../..",
    "/rtc/%2e%2e",
    "/rtc/..%2f",
    "//127.0.0.1",
    "/rtc?x=/..",
    "/rtc/",
  ]) {
    const path = `${prefix}/twirp/livekit.RoomService/ListRooms`;
    const answer = await ask(chamber, path, { method: "POST", headers, body: "{}" });
    assert.ok(answer.status >= 400 && !answer.text.includes('"rooms"'), `${path}: ${answer.status} ${answer.text}`);
  }
  const direct = await ask(`http://127.0.0.1:${house.port + 2}`, "/twirp/livekit.RoomService/ListRooms", {
    method: "POST",
    headers,
    body: "{}",
  });
  assert.ok(direct.status === 200 && direct.text.includes('"rooms"'), `the same request, directly: ${direct.status}`);
});

test("the media server and egress listen for HTTP on loopback only", async () => {
  const table = await readFile("/proc/net/tcp", "utf8");
  const listening = table.split("\n").filter((line) => / 0A /.test(line));
  const port = (house.port + 2).toString(16).toUpperCase().padStart(4, "0");
  const own = listening.filter((line) => line.includes(`:${port} 00000000`));
  assert.ok(own.length > 0);
  for (const line of own) assert.match(line, /: 0100007F:/);
});

test("media open to the member's own ticket of this moment, and validation without any is 401", async () => {
  for (const path of ["/rtc/validate", "/rtc/v1/validate"]) {
    const answer = await ask(chamber, path);
    assert.equal(answer.status, 401, path);
  }
  const { token } = await memberSocket.ticket();
  secrets.push(token);
  const joining = new WrappedJoinRequest({
    joinRequest: new JoinRequest({ clientInfo: { protocol: 16 } }).toBinary(),
  });
  const request = encodeURIComponent(Buffer.from(joining.toBinary()).toString("base64"));
  for (const path of ["/rtc/validate?", `/rtc/v1/validate?join_request=${request}&`])
    assert.equal((await ask(chamber, `${path}access_token=${token}`)).status, 200, path);
  // The same ticket, by somebody on this machine who leaves the chamber out.
  const direct = await ask(`http://127.0.0.1:${house.port + 2}`, `/rtc/validate?access_token=${token}`);
  assert.deepEqual([direct.status, direct.text], [401, "ticket.not-admitted"]);
});

test("a ticket that is expired, forged, for another room, epoch or identity opens no media", async () => {
  const { token, room, epoch } = await memberSocket.ticket();
  const [head, claims, signature] = token.split(".");
  const other = "zzzzzzzzzz-1";
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
  assert.equal(await refusedMedia(await forge({ room }, { ttl: -90 }), "an expired ticket"), "ticket.expired");
  await refusedMedia(await forge({ room }, { secret: "another secret of the right length" }), "another key's ticket");
  await refusedMedia(`${head}.${claims}.${signature!.split("").reverse().join("")}`, "a broken signature");
  await refusedMedia(`${none}.${claims}.`, "an unsigned ticket");
  assert.equal(await refusedMedia(await forge({ room: other }), "a ticket for another meeting"), "ticket.wrong-room");
  assert.equal(
    await refusedMedia(await forge({ room: `${chair.meeting}-${epoch + 1}` }), "a ticket for a later epoch"),
    "ticket.wrong-room",
  );
  await refusedMedia(await forge({ room }, { identity: "egress" }), "egress's ticket");
  assert.equal(
    await refusedMedia(await forge({ room }, { identity: "zzzzzzzzzz" }), "a ticket for no seat"),
    "ticket.wrong-room",
  );
  assert.equal(await refusedMedia(await forge({ room, hidden: true }), "a hidden seat's ticket"), "ticket.invalid");
  assert.equal(
    await refusedMedia(await forge({ room, roomAdmin: true }), "an administrator's ticket"),
    "ticket.invalid",
  );
});

test("nonsense, too much and what is not one's own is refused with a code, and the meeting stands", async () => {
  assert.equal(await memberSocket.command({ type: "openMeeting" }), "role.not-allowed");
  assert.equal(await memberSocket.command({ type: "becomeChair" }), "command.unknown");
  assert.equal(await chairSocket.command({ type: "startItem", item: 7 }), "command.malformed");
  for (const text of ["{", "[]", '{"type":"command"}', '"', "null"]) {
    const session = await SeatSocket.open(await redeem(house.ready.members![2]!));
    session.socket.send(text);
    await until("a refusal or the end", () => session.closed || session.heard.some(({ type }) => type === "refused"));
    session.socket.terminate();
  }
  const session = await SeatSocket.open(await redeem(house.ready.members![2]!));
  session.socket.send(JSON.stringify({ type: "command", id: "x", command: { type: "x", text: "x".repeat(70_000) } }));
  await until("a refusal", () =>
    session.heard.some((message) => message.type === "refused" && message.code === "request.too-large"),
  );
  session.socket.terminate();
  assert.ok(!memberSocket.closed && !chairSocket.closed);
  assert.equal(await chairSocket.command({ type: "openMeeting" }), "done");
});

test("when the doors close, a citizen without leave is out and their ticket is dead", async () => {
  const citizen = await redeem(house.ready.citizen!);
  const socket = await SeatSocket.open(citizen);
  const { token } = await socket.ticket();
  assert.equal(await chairSocket.command({ type: "closeDoors", admitted: [] }), "done");
  await until("out", () => socket.heard.some((message) => message.type === "out" && message.code === "doors.closed"));
  await refusedMedia(token, "the speaker's ticket of the open part");
  socket.heard.length = 0;
  socket.socket.send(JSON.stringify({ type: "ticket" }));
  assert.notEqual(await socket.command({ type: "raiseHand" }), "done");
  assert.ok(!socket.heard.some(({ type }) => type === "media" || type === "events"), JSON.stringify(socket.heard));
  const { epoch } = await memberSocket.ticket(({ epoch }) => epoch > 2);
  await refusedMedia(await forge({ room: `${chair.meeting}-${epoch}` }, { identity: citizen.seat }), "a ticket inside");
});

test("no log line and no public file holds a link, a cookie, a ticket, a password or a name", async () => {
  const keys: unknown = JSON.parse(await readFile(join(house.data, "demo.json"), "utf8"));
  assert.ok(typeof keys === "object" && keys !== null && "password" in keys && typeof keys.password === "string");
  const words = [...secrets, keys.password, "access_token=", "eyJhbGciOi"];
  const log = house.log();
  assert.ok(log.length > 500, "there is a log to look into");
  for (const word of words) assert.ok(!log.includes(word), `the log holds ${word.slice(0, 12)}...`);
  for (const name of ["Annelies van Dorp", "Pieter Brandsma", "Ruud Vermeer"])
    assert.ok(!log.includes(name), `the log holds ${name}`);
  const files = await readdir(house.publicFolder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const text = await readFile(join(file.parentPath, file.name), "latin1");
    for (const word of words) assert.ok(!text.includes(word), `${file.name} holds ${word.slice(0, 12)}...`);
  }
});
