import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AddTrackRequest, TrackSource, TrackType } from "@livekit/protocol";
import { type Customs, houses, livekits } from "../base/customs.ts";
import type { PublishedTrack } from "../track/track.ts";
import { Publications } from "./publications.ts";

const { CAMERA, MICROPHONE, SCREEN_SHARE, SCREEN_SHARE_AUDIO, UNKNOWN } = TrackSource;
const rights = {
  canPublish: true,
  canPublishData: true,
  canPublishSources: [],
  canSubscribe: true,
  canUpdateMetadata: false,
  hidden: false,
  recorder: false,
};

/** What one person publishes, one after the other, without connections to take it in. */
function publisher(customs: Customs) {
  const told: string[] = [];
  const names = new Map<string, string>();
  const nameOf = ({ sid }: PublishedTrack) => names.get(sid) ?? sid;
  const negotiation = {
    connected: true,
    begin: () => {},
    answer: () => ({ sdp: "", midToTrackId: {} }),
    accept: () => {},
    add: () => {},
    remove: () => {},
    refuse: (track: PublishedTrack) => told.push(`${nameOf(track)} is refused`),
    renegotiate: () => {},
    resume: () => {},
    stop: () => {},
  };
  const publications = new Publications({ rights, session: null, negotiation }, customs, {
    changed: () => {},
    published: (track) => told.push(`${nameOf(track)} begins`),
    unpublished: (track) => told.push(`${nameOf(track)} ends`),
  });
  const announce = (cid: string, source: TrackSource, type = TrackType.AUDIO): PublishedTrack => {
    const track = publications.announce(new AddTrackRequest({ cid, source, type }));
    assert.ok(track);
    names.set(track.sid, cid);
    return track;
  };
  return {
    told,
    announce,
    arrive: (track: PublishedTrack) => publications.published(track),
    publish: (...request: Parameters<typeof announce>) => publications.published(announce(...request)),
    there: () => [...publications.tracks.values()].map(nameOf),
  };
}

describe("what somebody publishes", () => {
  it("is in a house one track of each source: a second one ends the first for everybody, before it begins", () => {
    const anna = publisher(houses);
    anna.publish("one", MICROPHONE);
    anna.publish("camera", CAMERA, TrackType.VIDEO);
    anna.publish("screen", SCREEN_SHARE, TrackType.VIDEO);
    anna.publish("its sound", SCREEN_SHARE_AUDIO);
    anna.told.length = 0;
    anna.publish("two", MICROPHONE);
    assert.deepEqual(anna.told, ["one is refused", "one ends", "two begins"]);
    assert.deepEqual(anna.there(), ["camera", "screen", "its sound", "two"]);
  });

  it("is ended by what comes, not by what is only announced", () => {
    const anna = publisher(houses);
    anna.publish("one", MICROPHONE);
    const two = anna.announce("two", MICROPHONE);
    assert.deepEqual(anna.there(), ["one"]);
    anna.arrive(two);
    // Another codec of it: the same track.
    anna.arrive(two);
    assert.deepEqual(anna.there(), ["two"]);
  });

  it("is in a house one sound and one picture of no source", () => {
    const anna = publisher(houses);
    for (const cid of ["one", "two"]) {
      anna.publish(`sound ${cid}`, UNKNOWN);
      anna.publish(`picture ${cid}`, UNKNOWN, TrackType.VIDEO);
    }
    assert.deepEqual(anna.there(), ["sound two", "picture two"]);
  });

  it("is elsewhere whatever they like, as with LiveKit", () => {
    const anna = publisher(livekits);
    anna.publish("one", MICROPHONE);
    anna.publish("two", MICROPHONE);
    assert.deepEqual(anna.there(), ["one", "two"]);
  });
});
