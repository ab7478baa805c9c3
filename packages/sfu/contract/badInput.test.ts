import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { JoinRequest, SessionDescription, SignalRequest, SignalResponse, WrappedJoinRequest } from "@livekit/protocol";
import { AccessToken } from "livekit-server-sdk";
import { WebSocket } from "ws";
import { own, type ServerUnderTest, serverUnderTest } from "./kit/server.ts";
import { endSynthetics, Synthetic } from "./kit/synthetic.ts";
import { until } from "./kit/wait.ts";

/** A client that speaks no protocol but what a test says. */
class Raw {
  /** All that were opened: a server may leave them open, and then this file would not end. */
  static readonly sockets = new Set<WebSocket>();
  readonly socket: WebSocket;
  readonly received: string[] = [];
  closed = false;
  status = 0;
  constructor(url: string) {
    this.socket = new WebSocket(url);
    Raw.sockets.add(this.socket);
    this.socket.on("message", (data: Buffer, isBinary) => {
      const response = isBinary ? SignalResponse.fromBinary(data) : SignalResponse.fromJsonString(data.toString());
      this.received.push(response.message.case ?? "?");
    });
    this.socket.on("unexpected-response", (_request, response) => {
      this.status = response.statusCode ?? 0;
      this.closed = true;
    });
    this.socket.on("close", () => {
      this.closed = true;
    });
    this.socket.on("error", () => {});
  }
  async joined(): Promise<this> {
    await until("join", () => this.received.includes("join"));
    return this;
  }
  offer(sdp: string): void {
    this.say({ case: "offer", value: new SessionDescription({ type: "offer", sdp, id: 1 }) });
  }
  say(message: SignalRequest["message"]): void {
    this.socket.send(new SignalRequest({ message }).toBinary());
  }
  out(): Promise<unknown> {
    return until("the socket is closed", () => this.closed);
  }
}

/** As livekit-client does: base64url, with its padding. */
const encoded = (request: WrappedJoinRequest): string =>
  encodeURIComponent(Buffer.from(request.toBinary()).toString("base64").replaceAll("+", "-").replaceAll("/", "_"));

describe("bad input harms nobody but its sender", { timeout: 600_000 }, () => {
  let server: ServerUnderTest;
  let anna: Synthetic;
  let bert: Synthetic;

  before(async () => {
    server = await serverUnderTest();
    anna = new Synthetic();
    bert = new Synthetic();
    await anna.join(server.url, await server.ticket("anna", { room: "bad" }));
    await bert.join(server.url, await server.ticket("bert", { room: "bad" }));
    await anna.sing(440);
    await bert.hears("anna/2", 440);
  });
  after(async () => {
    for (const socket of Raw.sockets) socket.terminate();
    // Whatever was sent, those two still hear each other.
    const frames = bert.sounds.get("anna/2")?.frames ?? 0;
    await until("sound goes on", () => (bert.sounds.get("anna/2")?.frames ?? 0) > frames + 3);
    await Promise.all([anna.leave(), bert.leave()]);
    await endSynthetics();
    await server.stop();
  });

  const urlFor = async (identity: string, query = "") =>
    `${server.url}/rtc/v1?access_token=${await server.ticket(identity, { room: "bad" })}${query}`;
  /** The least that a client says of itself. */
  const plain = encoded(
    new WrappedJoinRequest({
      joinRequest: new JoinRequest({ clientInfo: { protocol: 16, version: "2.0.0" } }).toBinary(),
    }),
  );
  const raw = async (identity: string) => new Raw(await urlFor(identity, `&join_request=${plain}`)).joined();
  const validate = async (token: string | null, path = "/rtc/v1/validate") =>
    (await fetch(`${server.http}${path}?join_request=${plain}${token === null ? "" : `&access_token=${token}`}`))
      .status;

  it("tickets that are missing or forged are 401", async () => {
    const forged = new AccessToken(server.key, "another secret altogether", { identity: "x", ttl: 60 });
    forged.addGrant({ roomJoin: true, room: "bad" });
    for (const path of ["/rtc/validate", "/rtc/v1/validate"]) {
      assert.equal(await validate(null, path), 401);
      assert.equal(await validate("nonsense", path), 401);
      assert.equal(await validate(await forged.toJwt(), path), 401);
      assert.equal(await validate(await server.ticket("x", { room: "bad" }), path), 200);
    }
    for (const token of [await forged.toJwt(), "", "a.b.c"]) {
      const refused = new Raw(`${server.url}/rtc/v1?access_token=${token}`);
      await refused.out();
      assert.equal(refused.status, 401);
    }
  });

  it("tickets that open no room are 401", own("LiveKit's /validate looks at the signature alone"), async () => {
    for (const grant of [{ roomJoin: true }, { room: "bad" }]) {
      const token = new AccessToken(server.key, server.secret, { identity: "x", ttl: 60 });
      token.addGrant(grant);
      assert.equal(await validate(await token.toJwt()), 401);
    }
  });

  it("a ticket has lapsed within a second of its time", own("LiveKit allows a minute"), async () => {
    const lapsing = await server.ticket("x", { room: "bad" }, { ttl: 1 });
    await until("the ticket has lapsed", async () => (await validate(lapsing)) === 401);
  });

  it("a ticket from before its room was deleted opens nothing", own("LiveKit makes the room anew"), async () => {
    const old = await server.ticket("x", { room: "gone" });
    await server.api.createRoom({ name: "gone" });
    const made = Math.floor(Date.now() / 1000);
    await until("the next second", () => Math.floor(Date.now() / 1000) > made);
    await server.api.deleteRoom("gone");
    assert.equal(await validate(old), 401);
    assert.equal(await validate(await server.ticket("x", { room: "gone" })), 200);
  });

  it("what is neither protobuf nor JSON ends the sender's visit", async () => {
    for (const [identity, data] of [
      ["garbage", Buffer.from("ff".repeat(100), "hex")],
      ["text", "hello"],
    ] as const) {
      const one = await raw(identity);
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
      const one = await raw(`unanswered-${index}`);
      one.offer(sdp);
      one.say({ case: "ping", value: 1n });
      await until("the end, or a later message's answer", () => one.closed || one.received.includes("pong"));
      assert.ok(!one.received.includes("answer"), `offer ${index}`);
      one.socket.close();
    }
  });

  it("what is no offer ends the sender's visit", own("LiveKit lets some of them stay, unanswered"), async () => {
    for (const [index, sdp] of noOffers.entries()) {
      const one = await raw(`offer-${index}`);
      one.offer(sdp);
      await one.out();
      assert.ok(one.received.includes("leave"), `offer ${index}`);
    }
  });

  it("messages above the limits end the sender's visit", own("LiveKit's limits are higher"), async () => {
    const big = await raw("big");
    big.say({ case: "trickle", value: { candidateInit: "x".repeat(100_000) } as never });
    await big.out();
    const huge = await raw("huge");
    huge.offer("x".repeat(3_000_000));
    await huge.out();
  });

  it("messages in the wrong order, about what is not there, are let be", async () => {
    const one = await raw("early");
    one.say({ case: "answer", value: new SessionDescription({ type: "answer", sdp: "x" }) });
    one.say({ case: "mute", value: { sid: "TR_none", muted: true } as never });
    one.say({ case: "trackSetting", value: { trackSids: ["TR_none"], disabled: true } as never });
    one.say({ case: "subscription", value: { trackSids: ["TR_none"], subscribe: true } as never });
    one.say({ case: "ping", value: 1n });
    await until("pong", () => one.received.includes("pong"));
    one.socket.close();
  });

  it("a join request that cannot be read is refused, and one that swells when unpacked", async () => {
    const { gzipSync } = await import("node:zlib");
    const bomb = new WrappedJoinRequest({ compression: 1, joinRequest: gzipSync(Buffer.alloc(50_000_000)) });
    const requests = ["%25%25%25", "AAAA", encoded(bomb)];
    for (const [index, request] of requests.entries()) {
      const one = new Raw(await urlFor(`join-${index}`, `&join_request=${request}`));
      await one.out();
      assert.ok(!one.received.includes("join"), `request ${index}`);
    }
    const good = new Raw(await urlFor("join-good", `&join_request=${plain}`));
    await good.joined();
    good.socket.close();
  });

  it("paths that are not there are 404", async () => {
    for (const path of ["/nothing", "/twirp", "/rtc/v2"])
      assert.equal((await fetch(`${server.http}${path}`)).status, 404);
  });

  it("`/rtc/v1` wants a join request", async () => {
    const token = await server.ticket("x", { room: "bad" });
    const validated = await fetch(`${server.http}/rtc/v1/validate?access_token=${token}`);
    assert.equal(validated.status, 400);
    const without = new Raw(`${server.url}/rtc/v1?access_token=${token}`);
    await without.out();
    assert.equal(without.status, 400);
  });
});
