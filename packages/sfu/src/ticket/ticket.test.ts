import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ParticipantInfo_Kind, TrackSource } from "@livekit/protocol";
import { AccessToken, type VideoGrant } from "livekit-server-sdk";
import { freshTicket, joinTicketOf, mayPublish, verifyTicket } from "./ticket.ts";

const api = { key: "key", secret: "a secret that is long enough" };
const made = async (grant: VideoGrant, secret = api.secret, kind?: string) => {
  const token = new AccessToken(api.key, secret, { identity: "anna", ttl: 60, metadata: "m", attributes: { a: "b" } });
  token.addGrant(grant);
  if (kind) token.kind = kind;
  return token.toJwt();
};
const opened = async (grant: VideoGrant) => {
  const claims = await verifyTicket(await made(grant), api);
  assert.ok(claims);
  return joinTicketOf(claims);
};

describe("a ticket", () => {
  it("opens the room it names, with all rights where it names none", async () => {
    const ticket = await opened({ roomJoin: true, room: "r" });
    assert.equal(ticket?.room, "r");
    assert.equal(ticket?.identity, "anna");
    assert.equal(ticket?.lifetime, 60);
    assert.ok(ticket && mayPublish(ticket.rights, TrackSource.CAMERA) && ticket.rights.canSubscribe);
  });

  it("opens nothing without roomJoin or a room, or signed by somebody else", async () => {
    assert.equal(await opened({ room: "r" }), null);
    assert.equal(await opened({ roomJoin: true }), null);
    assert.equal(await verifyTicket(await made({ roomJoin: true, room: "r" }, "some other secret here"), api), null);
    assert.equal(await verifyTicket("x.y.z", api), null);
  });

  it("limits publishing to its sources, and a list that holds only what we do not know to nothing", async () => {
    const ticket = await opened({ roomJoin: true, room: "r", canPublishSources: [TrackSource.MICROPHONE] });
    assert.ok(ticket && mayPublish(ticket.rights, TrackSource.MICROPHONE));
    assert.ok(!mayPublish(ticket.rights, TrackSource.CAMERA));
    const rights = { ...ticket.rights, canPublishSources: [TrackSource.UNKNOWN] };
    for (const source of [TrackSource.UNKNOWN, TrackSource.CAMERA]) assert.ok(!mayPublish(rights, source));
  });

  it("is renewed with what its holder may do now, for as long as before", async () => {
    const ticket = await opened({ roomJoin: true, room: "r", hidden: true });
    assert.ok(ticket);
    ticket.rights.canPublishSources = [TrackSource.SCREEN_SHARE];
    const claims = await verifyTicket(await freshTicket(ticket, api), api);
    const fresh = claims && joinTicketOf(claims);
    assert.deepEqual({ ...fresh, notBefore: 0 }, { ...ticket, notBefore: 0 });
  });

  it("says what its holder is, and goes on saying so", async () => {
    const ticket = await opened({ roomJoin: true, room: "r" });
    assert.ok(ticket);
    assert.equal(ticket.kind, ParticipantInfo_Kind.STANDARD);
    const renewed = async (kind: string) => {
      const claims = await verifyTicket(await made({ roomJoin: true, room: "r" }, api.secret, kind), api);
      const told = claims && joinTicketOf(claims);
      assert.ok(told);
      const again = await verifyTicket(await freshTicket(told, api), api);
      return [told.kind, again && joinTicketOf(again)?.kind];
    };
    assert.deepEqual(await renewed("agent"), [ParticipantInfo_Kind.AGENT, ParticipantInfo_Kind.AGENT]);
    assert.deepEqual(await renewed("mayor"), [ParticipantInfo_Kind.STANDARD, ParticipantInfo_Kind.STANDARD]);
  });

  it("is renewed also for somebody of whom more is said than a ticket can carry", async () => {
    const ticket = await opened({ roomJoin: true, room: "r" });
    assert.ok(ticket);
    for (const [metadata, size] of [
      ["x".repeat(500_000), 1],
      ["m", 60_000],
    ] as const) {
      Object.assign(ticket, { metadata, attributes: { a: "x".repeat(size) } });
      const token = await freshTicket(ticket, api);
      assert.ok(token.length < 30_000, `${token.length}`);
      const claims = await verifyTicket(token, api);
      assert.equal(claims && joinTicketOf(claims)?.identity, "anna");
    }
  });
});
