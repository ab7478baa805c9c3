import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { KEYS } from "../testing/house.ts";
import { Tickets } from "./tickets.ts";

const keys = { apiKey: KEYS.LIVEKIT_API_KEY, apiSecret: KEYS.LIVEKIT_API_SECRET };
const tickets = new Tickets(keys);

/** A JWT with exactly these claims, signed as the house and its media server do. */
function signed(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "HS256" })}.${part(claims)}`;
  return `${text}.${createHmac("sha256", keys.apiSecret).update(text).digest("base64url")}`;
}

const now = Math.floor(Date.now() / 1000);
const frame = { iss: keys.apiKey, sub: "chairseat", nbf: now, exp: now + 60, attributes: { session: "hash" } };
const grant = {
  roomJoin: true,
  room: "meeting-1",
  canSubscribe: true,
  canPublishData: false,
  canUpdateOwnMetadata: false,
};
const speaker = { ...grant, canPublish: true, canPublishSources: ["camera", "microphone"] };
const listener = { ...grant, canPublish: false };

const read = (video: object, more: object = {}) => tickets.read(signed({ ...frame, ...more, video }));

test("a ticket is read as it was minted, and as either media server renews it", async () => {
  const about = { identity: "chairseat", room: "meeting-1", session: "hash", fresh: true };
  const speaks = { ...about, publish: ["camera", "microphone"] };
  assert.deepEqual(await read(speaker), speaks);
  assert.deepEqual(await read({ ...listener, canPublishSources: [] }), { ...about, publish: [] });
  assert.deepEqual(await read({ ...speaker, hidden: false, recorder: false }), speaks);
  const byLiveKit = { iat: now, identity: "chairseat", kind: "standard", exp: now + 600 };
  assert.deepEqual(await read(listener, byLiveKit), { ...about, publish: [] });
  const changed = { ...speaker, canSubscribeMetrics: false, canManageAgentSession: false };
  assert.deepEqual(await read(changed, byLiveKit), speaks);
});

const strange: Record<string, object> = {
  canPublishData: { canPublishData: true },
  canUpdateOwnMetadata: { canUpdateOwnMetadata: true },
  "no word of data": { canPublishData: undefined },
  "no word of metadata": { canUpdateOwnMetadata: undefined },
  deaf: { canSubscribe: false },
  "all sources, unnamed": { canPublishSources: [] },
  "all sources, left out": { canPublishSources: undefined },
  "an unknown source": { canPublishSources: ["camera", "lidar"] },
  "sources for a listener": { canPublish: false },
  hidden: { hidden: true },
  recorder: { recorder: true },
  agent: { agent: true },
  "not even agent: false": { agent: false },
  roomAdmin: { roomAdmin: true },
  roomCreate: { roomCreate: true },
  roomList: { roomList: true },
  roomRecord: { roomRecord: true },
  ingressAdmin: { ingressAdmin: true },
  destinationRoom: { destinationRoom: "meeting-2" },
  canSubscribeMetrics: { canSubscribeMetrics: true },
  canManageAgentSession: { canManageAgentSession: true },
  "a grant of tomorrow": { canFly: true },
};
for (const [name, claim] of Object.entries(strange))
  test(`a grant that the house never makes makes a ticket invalid: ${name}`, async () => {
    assert.deepEqual(await read({ ...speaker, ...claim }), { refused: "ticket.invalid" });
  });

const strangeBeside: Record<string, object> = {
  agent: { kind: "agent" },
  egress: { kind: "egress" },
  name: { name: "Voorzitter" },
  metadata: { metadata: "{}" },
  "somebody else": { identity: "other" },
  "another attribute": { attributes: { session: "hash", role: "chair" } },
  "no session": { attributes: {} },
  "no attributes": { attributes: undefined },
  sha256: { sha256: "x" },
  roomPreset: { roomPreset: "default" },
  roomConfig: { roomConfig: { agents: [{ agentName: "x" }] } },
  sip: { sip: { call: true } },
  inference: { inference: { perform: true } },
  observability: { observability: { write: true } },
  audience: { aud: "raadhuis" },
};
for (const [name, claims] of Object.entries(strangeBeside))
  test(`a claim that the house never makes makes a ticket invalid: ${name}`, async () => {
    assert.deepEqual(await read(speaker, claims), { refused: "ticket.invalid" });
  });

test("a ticket that has lapsed is told from one that is none", async () => {
  assert.deepEqual(await read(speaker, { nbf: now - 130, exp: now - 70 }), { refused: "ticket.expired" });
  assert.deepEqual(await tickets.read("a.b.c"), { refused: "ticket.invalid" });
});

test("a ticket that the media server renewed by another clock is taken within a minute, and beyond that told as such", async () => {
  const fresh = async (nbf: number, exp: number) => {
    const claims = await read(speaker, { nbf: now + nbf, exp: now + exp });
    return "refused" in claims ? claims.refused : claims.fresh;
  };
  assert.deepEqual([await fresh(45, 105), await fresh(-105, -45)], [true, false]);
  assert.equal(await fresh(80, 140), "ticket.clock");
});
