import assert from "node:assert/strict";
import { test } from "node:test";
import type { EgressStatus } from "@raadhuis/protocol/children";
import { type BroadcastView, recordingHealth, streamHealth } from "./health.ts";

const live: EgressStatus = {
  state: "live",
  behindMs: 10_500,
  connected: true,
  framesPerSecond: 25,
  lagMs: 20,
  shown: "whole",
  recordedSeconds: 7,
};
const sink = { name: "bucket", behindMs: 0, failing: false, lost: 0 };
const view = (changed: Partial<BroadcastView>): BroadcastView => ({
  kind: "public",
  recording: true,
  standing: "wanted",
  over: false,
  wantedFor: 60_000,
  status: live,
  delayMs: 10_000,
  full: false,
  epochFor: 60_000,
  ...changed,
});

test("the stream's light says what the public gets", () => {
  const cases: [Partial<BroadcastView>, string][] = [
    [{}, "green stream.live"],
    [{ kind: "private" }, "off stream.none"],
    [{ standing: "unwanted" }, "off stream.waiting"],
    [{ standing: "queued" }, "amber stream.queued"],
    [{ status: { ...live, state: "givenUp" } }, "amber stream.starting"],
    [{ over: true }, "off stream.finished"],
    [{ status: undefined, wantedFor: 1_000 }, "amber stream.starting"],
    [{ status: undefined }, "red stream.unreachable"],
    [{ status: { ...live, state: "slate" } }, "green stream.slate"],
    [{ status: { ...live, behindMs: 20_000 } }, "amber stream.behind"],
    [{ status: { ...live, lagMs: 6_000, shown: "sound" } }, "amber stream.behind"],
    [{ status: { ...live, shown: "fewer" } }, "amber stream.fewer"],
    [{ status: { ...live, shown: "sound" } }, "amber stream.sound"],
    [{ status: { ...live, sinks: [{ ...sink, failing: true, behindMs: 9_000 }] } }, "amber stream.elsewhere"],
    [{ status: { ...live, sinks: [sink, { ...sink, lost: 1 }] } }, "amber stream.elsewhere"],
    [{ status: { ...live, sinks: [{ ...sink, failing: true, behindMs: 2_000 }] } }, "green stream.live"],
    [{ status: { ...live, shown: "sound", sinks: [{ ...sink, lost: 1 }] } }, "amber stream.sound"],
    [{ status: { ...live, state: "slate", sinks: [{ ...sink, lost: 1 }] } }, "amber stream.elsewhere"],
    [{ status: { ...live, connected: false } }, "red stream.unheard"],
    [{ status: { ...live, connected: false }, epochFor: 1_000 }, "amber stream.starting"],
    [{ status: { ...live, state: "finishing" } }, "green stream.finishing"],
  ];
  for (const [changed, expected] of cases) {
    const { light, code } = streamHealth(view(changed));
    assert.equal(`${light} ${code}`, expected);
  }
});

test("the recording's light says whether it is kept", () => {
  const cases: [Partial<BroadcastView>, string][] = [
    [{}, "green recording.running"],
    [{ recording: false }, "off recording.none"],
    [{ status: { ...live, recordedSeconds: null } }, "off recording.waiting"],
    [{ status: { ...live, state: "slate", recordedSeconds: 0 } }, "off recording.waiting"],
    [{ status: { ...live, state: "slate" } }, "green recording.paused"],
    [{ status: undefined }, "red recording.unreachable"],
    [{ status: { ...live, state: "finishing" } }, "green recording.finishing"],
    [{ full: true }, "red recording.not-kept"],
    [{ full: true, status: { ...live, state: "finishing" } }, "red recording.not-kept"],
    [{ full: true, recording: false }, "off recording.none"],
    [{ full: true, over: true }, "off recording.finished"],
    [{ over: true }, "off recording.finished"],
  ];
  for (const [changed, expected] of cases) {
    const { light, code } = recordingHealth(view(changed));
    assert.equal(`${light} ${code}`, expected);
  }
});
