import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DisconnectReason, ParticipantInfo, ParticipantInfo_State, TrackInfo } from "@livekit/protocol";
import { Departed } from "./departed.ts";

const left = (sid: string, said = "") =>
  new ParticipantInfo({
    sid,
    identity: "anna",
    state: ParticipantInfo_State.DISCONNECTED,
    disconnectReason: DisconnectReason.CLIENT_INITIATED,
    name: said,
    metadata: said,
    attributes: { said },
    tracks: [new TrackInfo({ name: said })],
  });

describe("those who left lately", () => {
  it("are told of in their order, for as long as somebody may not have heard it", () => {
    let now = 0;
    const departed = new Departed(60_000, () => now);
    departed.note(left("PA_1"));
    now = 30_000;
    departed.note(left("PA_2"));
    assert.deepEqual(
      departed.list().map(({ sid, identity, state }) => ({ sid, identity, state })),
      ["PA_1", "PA_2"].map((sid) => ({ sid, identity: "anna", state: ParticipantInfo_State.DISCONNECTED })),
    );
    now = 61_000;
    assert.deepEqual(
      departed.list().map(({ sid }) => sid),
      ["PA_2"],
    );
  });

  it("are told of in few words, however much they said of themselves", () => {
    const departed = new Departed(60_000);
    for (let visit = 0; visit < 1000; visit++) departed.note(left(`PA_${visit}`, "x".repeat(16_000)));
    const bytes = departed.list().reduce((sum, info) => sum + info.toBinary().length, 0);
    assert.ok(bytes < 100_000, `${bytes}`);
  });
});
