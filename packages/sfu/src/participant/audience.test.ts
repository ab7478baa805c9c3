import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SubscriptionPermission, TrackPermission } from "@livekit/protocol";
import { houses, livekits } from "../base/customs.ts";
import { Audience } from "./audience.ts";

const sids: Record<string, string> = { PA_bert: "bert" };
const permission = (allParticipants: boolean, ...trackPermissions: Partial<TrackPermission>[]) =>
  new SubscriptionPermission({
    allParticipants,
    trackPermissions: trackPermissions.map((entry) => new TrackPermission(entry)),
  });

describe("whom a publisher lets have its tracks", () => {
  const audience = new Audience(livekits);
  const set = (...args: Parameters<typeof permission>) => audience.set(permission(...args), (sid) => sids[sid] ?? null);
  const admitted = (trackSid: string) => ["anna", "bert", "carl"].filter((one) => audience.admits(one, trackSid));

  it("is everybody until it says otherwise", () => assert.deepEqual(admitted("TR_1"), ["anna", "bert", "carl"]));

  it("is whom it names, by identity or by sid, for all its tracks or some", () => {
    set(false, { participantIdentity: "anna", allTracks: true }, { participantSid: "PA_bert", trackSids: ["TR_1"] });
    assert.deepEqual(admitted("TR_1"), ["anna", "bert"]);
    assert.deepEqual(admitted("TR_2"), ["anna"]);
  });

  it("is replaced as a whole, and entries that name nobody let nobody in", () => {
    set(false, { allTracks: true }, { participantSid: "PA_gone", allTracks: true });
    assert.deepEqual(admitted("TR_1"), []);
    set(true, { participantIdentity: "anna" });
    assert.deepEqual(admitted("TR_1"), ["anna", "bert", "carl"]);
  });

  it("is everybody in a house, whatever it says", () => {
    const ofHouse = new Audience(houses);
    assert.equal(
      ofHouse.set(permission(false, { participantIdentity: "anna", allTracks: true }), () => null),
      false,
    );
    assert.ok(ofHouse.admits("bert", "TR_1"));
  });
});
