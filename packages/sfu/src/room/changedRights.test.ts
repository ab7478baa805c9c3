import assert from "node:assert/strict";
import { it } from "node:test";
import { ParticipantInfo_Kind, TrackSource } from "@livekit/protocol";
import type { Ticket } from "../ticket/ticket.ts";
import { ChangedRights } from "./changedRights.ts";

const all = {
  canPublish: true,
  canPublishData: true,
  canPublishSources: [],
  canSubscribe: true,
  canUpdateMetadata: false,
  hidden: false,
  recorder: false,
};
const ticket = (identity: string, notBefore: number): Ticket => ({
  identity,
  room: "r",
  name: "",
  metadata: "",
  attributes: {},
  rights: { ...all, canPublishSources: [] },
  kind: ParticipantInfo_Kind.STANDARD,
  notBefore,
  lifetime: 60,
});

it("a ticket from before a change of rights opens no more than was left of them", () => {
  const changed = new ChangedRights();
  const now = Math.floor(Date.now() / 1000);
  changed.note("anna", { ...all, canPublish: false, canPublishSources: [TrackSource.MICROPHONE], hidden: true }, now);
  const older = ticket("anna", now - 1);
  changed.apply(older);
  assert.deepEqual(older.rights, { ...all, canPublish: false, canPublishSources: [TrackSource.MICROPHONE] });
  const newer = ticket("anna", now + 1);
  changed.apply(newer);
  assert.deepEqual(newer.rights, all);
  const other = ticket("bert", now - 1);
  changed.apply(other);
  assert.deepEqual(other.rights, all);
});
