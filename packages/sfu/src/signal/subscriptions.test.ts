import assert from "node:assert/strict";
import { test } from "node:test";
import { ParticipantTracks, UpdateSubscription } from "@livekit/protocol";
import { meantBy, trackSidsOf } from "./subscriptions.ts";

test("whoever comes back refuses of what it had before, and nothing that was published meanwhile", () => {
  const refused = new UpdateSubscription({
    trackSids: ["TR_had", "TR_new"],
    participantTracks: [new ParticipantTracks({ participantSid: "PA_x", trackSids: ["TR_too", "TR_newer"] })],
    subscribe: false,
  });
  const meant = meantBy(refused, new Set(["TR_had", "TR_too", "TR_other"]));
  assert.deepEqual([meant.subscribe, trackSidsOf(meant)], [false, ["TR_had", "TR_too"]]);
});

test("what whoever comes back asks for, it asks for", () => {
  const asked = new UpdateSubscription({ trackSids: ["TR_new"], subscribe: true });
  assert.equal(meantBy(asked, new Set()), asked);
});
