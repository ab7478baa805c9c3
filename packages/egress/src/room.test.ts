import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";
import { OwnedParticipant, OwnedTrackPublication } from "@livekit/rtc-ffi-bindings";
import { RemoteParticipant, RemoteTrackPublication, Room, RoomEvent, TrackKind, TrackSource } from "@livekit/rtc-node";
import { pino } from "pino";
import { RoomSource } from "./room.ts";

/** More than between two looks through what is there, ms. */
const LATER = 1500;

/** Their handles are none of rtc-node's, which must not be told to let go of them when they are collected. */
const held: unknown[] = [];

class Publication extends RemoteTrackPublication {
  refused = 0;
  constructor(sid: string, kind = TrackKind.KIND_VIDEO) {
    const source = kind === TrackKind.KIND_VIDEO ? TrackSource.SOURCE_CAMERA : TrackSource.SOURCE_MICROPHONE;
    super(new OwnedTrackPublication({ handle: { id: 0n }, info: { sid, kind, source, muted: false } }));
    held.push(this);
  }
  override setSubscribed(subscribed: boolean): void {
    if (this.refused-- > 0) throw new Error("no such track");
    this.subscribed = subscribed;
  }
}

/** A connection without a media server. */
class Fake extends Room {
  left = false;
  readonly alice = new RemoteParticipant(new OwnedParticipant({ handle: { id: 0n }, info: { identity: "alice" } }));
  override get isConnected(): boolean {
    return !this.left;
  }
  override async connect(): Promise<void> {
    this.remoteParticipants.set("alice", this.alice);
  }
  override async disconnect(): Promise<void> {
    this.left = true;
  }
  publish(publication: Publication): void {
    this.alice.trackPublications.set(publication.sid ?? "", publication);
  }
  tell(publication: Publication): void {
    this.publish(publication);
    this.emit(RoomEvent.TrackPublished, publication, this.alice);
  }
  unpublish(publication: Publication): void {
    this.alice.trackPublications.delete(publication.sid ?? "");
    this.emit(RoomEvent.TrackUnpublished, publication, this.alice);
  }
}

/** In a room where these are published. */
async function joined(context: TestContext, ...publications: Publication[]) {
  const rooms: Fake[] = [];
  let now = 0;
  const source = new RoomSource({
    room: "council",
    url: "ws://127.0.0.1",
    token: "ticket",
    clock: () => now,
    log: pino({ level: "silent" }),
    events: { heard: () => undefined, left: () => undefined },
    makeRoom: () => {
      const room = new Fake();
      held.push(room);
      for (const publication of publications) room.publish(publication);
      rooms.push(room);
      return room;
    },
  });
  context.after(() => source.close());
  await turn();
  /** Alice is wanted, for so long that all of it was looked through. */
  const look = (): void => {
    now += LATER;
    source.want(new Set(["alice"]), now);
  };
  return { source, rooms, look, camera: () => source.sources.get("alice")?.camera ?? null };
}

test("of two cameras of one person the newer one is shown and stays, however often all is looked through", async (context) => {
  const [one, two] = [new Publication("one"), new Publication("two")];
  const { look, camera } = await joined(context, one, two);
  look();
  const shown = camera();
  assert.equal(shown?.publication, two);
  for (let looked = 0; looked < 3; looked++) look();
  assert.equal(camera(), shown);
  assert.deepEqual([one.subscribed, two.subscribed], [false, true]);
});

test("a second camera takes the first one's place, which is let go and comes back when the second is gone", async (context) => {
  const [one, two] = [new Publication("one"), new Publication("two")];
  const { rooms, look, camera } = await joined(context, one);
  look();
  rooms[0]!.tell(two);
  look();
  assert.equal(camera()?.publication, two);
  assert.deepEqual([one.subscribed, two.subscribed], [false, true]);
  rooms[0]!.unpublish(two);
  look();
  assert.equal(camera()?.publication, one);
  assert.equal(one.subscribed, true);
});

test("a connection that cannot be looked through is ended before the next one is made", async (context) => {
  const voice = new Publication("voice", TrackKind.KIND_AUDIO);
  voice.refused = 1;
  const { rooms, source } = await joined(context, voice);
  while (rooms.length < 2) await wait(20);
  await turn();
  assert.deepEqual(
    rooms.map(({ left }) => left),
    [true, false],
  );
  assert.ok(source.connected && voice.subscribed);
});

test("a track that is gone before it is subscribed to harms nothing", async (context) => {
  const { rooms, look } = await joined(context);
  const voice = new Publication("voice", TrackKind.KIND_AUDIO);
  voice.refused = 1;
  assert.doesNotThrow(() => rooms[0]!.tell(voice));
  look();
  assert.ok(voice.subscribed);
});
