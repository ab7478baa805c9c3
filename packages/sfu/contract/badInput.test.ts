import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { SessionDescription, type SignalRequest, WrappedJoinRequest } from "@livekit/protocol";
import { AccessToken } from "livekit-server-sdk";
import { patience, roomForAll } from "./kit/room.ts";
import { own } from "./kit/server.ts";
import { base64url, joinRequest, Signaller } from "./kit/signaller.ts";
import type { Synthetic } from "./kit/synthetic.ts";
import { until } from "./kit/wait.ts";

describe("bad input harms nobody but its sender", patience, () => {
  // Before the room's own, which ends it: whatever was sent, those two still hear each other.
  after(async () => {
    const frames = bert.sounds.get("anna/2")?.frames ?? 0;
    await until("sound goes on", () => (bert.sounds.get("anna/2")?.frames ?? 0) > frames + 3);
  });
  const room = roomForAll("bad");
  let bert: Synthetic;

  before(async () => {
    const anna = await room.synthetic("anna");
    bert = await room.synthetic("bert");
    await anna.sing(440);
    await bert.hears("anna/2", 440);
  });

  const open = (address: string): Signaller => {
    const one = new Signaller(address);
    room.atEnd(async () => one.socket.terminate());
    return one;
  };
  const joined = async (identity: string): Promise<Signaller> => {
    const one = await room.signaller(identity);
    await one.hears("join");
    return one;
  };
  const offer = (sdp: string): SignalRequest["message"] => ({
    case: "offer",
    value: new SessionDescription({ type: "offer", sdp, id: 1 }),
  });
  const validate = async (token: string | null, path = "/rtc/v1/validate") =>
    (
      await fetch(
        `${room.server.http}${path}?join_request=${joinRequest()}${token === null ? "" : `&access_token=${token}`}`,
      )
    ).status;

  it("tickets that are missing or forged are 401", async () => {
    const forged = new AccessToken(room.server.key, "another secret altogether", { identity: "x", ttl: 60 });
    forged.addGrant({ roomJoin: true, room: "bad" });
    for (const path of ["/rtc/validate", "/rtc/v1/validate"]) {
      assert.equal(await validate(null, path), 401);
      assert.equal(await validate("nonsense", path), 401);
      assert.equal(await validate(await forged.toJwt(), path), 401);
      assert.equal(await validate(await room.ticket("x"), path), 200);
    }
    for (const token of [await forged.toJwt(), "", "a.b.c"]) {
      const refused = open(`${room.server.url}/rtc/v1?access_token=${token}`);
      await refused.out();
      assert.equal(refused.status, 401);
    }
  });

  it("tickets that open no room are 401", own("LiveKit's /validate looks at the signature alone"), async () => {
    for (const grant of [{ roomJoin: true }, { room: "bad" }]) {
      const token = new AccessToken(room.server.key, room.server.secret, { identity: "x", ttl: 60 });
      token.addGrant(grant);
      assert.equal(await validate(await token.toJwt()), 401);
    }
  });

  it("a ticket is taken for a minute after its time, for the sake of clocks that differ, and no longer", async () => {
    assert.equal(await validate(await room.ticket("x", {}, { ttl: -45 })), 200);
    assert.equal(await validate(await room.ticket("x", {}, { ttl: -75 })), 401);
  });

  it("a ticket from before its room was deleted opens nothing", own("LiveKit makes the room anew"), async () => {
    const old = await room.ticket("x", { room: "gone" });
    await room.api.createRoom({ name: "gone" });
    const made = Math.floor(Date.now() / 1000);
    await until("the next second", () => Math.floor(Date.now() / 1000) > made);
    await room.api.deleteRoom("gone");
    assert.equal(await validate(old), 401);
    assert.equal(await validate(await room.ticket("x", { room: "gone" })), 200);
  });

  it("what is neither protobuf nor JSON ends the sender's visit", async () => {
    for (const [identity, data] of [
      ["garbage", Buffer.from("ff".repeat(100), "hex")],
      ["text", "hello"],
    ] as const) {
      const one = await joined(identity);
      one.socket.send(data);
      await one.out();
    }
  });

  const head = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
  const noOffers = [
    "",
    "no sdp",
    head,
    `${head}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n`,
    `${head}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuv\r\na=fingerprint:sha-256 nonsense\r\n`,
    `${head}${"m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n".repeat(2)}`,
    `${head}${Array.from({ length: 600 }, (_, mid) => `m=audio 9 X 1\r\na=mid:${mid}\r\n`).join("")}`,
    `${head}m=video 9 UDP/TLS/RTP/SAVPF 999999\r\na=rtpmap:999999 VP8/90000\r\na=mid:0\r\n`,
  ];

  it("what is no offer is not answered", async () => {
    for (const [index, sdp] of noOffers.entries()) {
      const one = await joined(`unanswered-${index}`);
      one.say(offer(sdp));
      one.say({ case: "ping", value: 1n });
      await until("the end, or a later message's answer", () => one.closed || one.hasHeard("pong"));
      assert.ok(!one.hasHeard("answer"), `offer ${index}`);
    }
  });

  it("what is no offer ends the sender's visit", own("LiveKit lets some of them stay, unanswered"), async () => {
    for (const [index, sdp] of noOffers.entries()) {
      const one = await joined(`offer-${index}`);
      one.say(offer(sdp));
      await one.out();
      assert.ok(one.hasHeard("leave"), `offer ${index}`);
    }
  });

  it("messages above the limits end the sender's visit", own("LiveKit's limits are higher"), async () => {
    const big = await joined("big");
    big.say({ case: "trickle", value: { candidateInit: "x".repeat(100_000) } as never });
    await big.out();
    const huge = await joined("huge");
    huge.say(offer("x".repeat(3_000_000)));
    await huge.out();
  });

  it("messages in the wrong order, about what is not there, are let be", async () => {
    const one = await joined("early");
    one.say({ case: "answer", value: new SessionDescription({ type: "answer", sdp: "x" }) });
    one.say({ case: "mute", value: { sid: "TR_none", muted: true } as never });
    one.say({ case: "trackSetting", value: { trackSids: ["TR_none"], disabled: true } as never });
    one.say({ case: "subscription", value: { trackSids: ["TR_none"], subscribe: true } as never });
    one.say({ case: "ping", value: 1n });
    await one.hears("pong");
  });

  it("a join request that cannot be read is refused, and one that swells when unpacked", async () => {
    const { gzipSync } = await import("node:zlib");
    const bomb = new WrappedJoinRequest({ compression: 1, joinRequest: gzipSync(Buffer.alloc(50_000_000)) });
    const requests = ["%25%25%25", "AAAA", base64url(bomb.toBinary())];
    for (const [index, request] of requests.entries()) {
      const ticket = await room.ticket(`join-${index}`);
      const one = open(`${room.server.url}/rtc/v1?access_token=${ticket}&join_request=${request}`);
      await one.out();
      assert.ok(!one.hasHeard("join"), `request ${index}`);
    }
    await joined("join-good");
  });

  it("paths that are not there are 404", async () => {
    for (const path of ["/nothing", "/twirp", "/rtc/v2"])
      assert.equal((await fetch(`${room.server.http}${path}`)).status, 404);
  });

  it("`/rtc/v1` wants a join request", async () => {
    const token = await room.ticket("x");
    const validated = await fetch(`${room.server.http}/rtc/v1/validate?access_token=${token}`);
    assert.equal(validated.status, 400);
    const without = open(`${room.server.url}/rtc/v1?access_token=${token}`);
    await without.out();
    assert.equal(without.status, 400);
  });
});
