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

const kindOf = (source: TrackSource): TrackKind =>
  source === TrackSource.SOURCE_MICROPHONE || source === TrackSource.SOURCE_SCREENSHARE_AUDIO
    ? TrackKind.KIND_AUDIO
    : TrackKind.KIND_VIDEO;

class Publication extends RemoteTrackPublication {
  refused = 0;
  constructor(sid: string, source = TrackSource.SOURCE_CAMERA, kind = kindOf(source)) {
    super(new OwnedTrackPublication({ handle: { id: 0n }, info: { sid, kind, source, muted: false } }));
    held.push(this);
  }
  override setSubscribed(subscribed: boolean): void {
    if (this.refused-- > 0) throw new Error("no such track");
    this.subscribed = subscribed;
  }
}

const participant = (identity: string) =>
  new RemoteParticipant(new OwnedParticipant({ handle: { id: 0n }, info: { identity } }));

/** A connection without a media server. */
class Fake extends Room {
  left = false;
  readonly alice = participant("alice");
  readonly bob = participant("bob");
  override get isConnected(): boolean {
    return !this.left;
  }
  override async connect(): Promise<void> {
    this.remoteParticipants.set("alice", this.alice);
    this.remoteParticipants.set("bob", this.bob);
  }
  override async disconnect(): Promise<void> {
    this.left = true;
  }
  publish(publication: Publication, by = this.alice): void {
    by.trackPublications.set(publication.sid ?? "", publication);
  }
  tell(publication: Publication, by = this.alice): void {
    this.publish(publication, by);
    this.emit(RoomEvent.TrackPublished, publication, by);
  }
  unpublish(publication: Publication): void {
    this.alice.trackPublications.delete(publication.sid ?? "");
    this.emit(RoomEvent.TrackUnpublished, publication, this.alice);
  }
}

const screen = (sid: string) => new Publication(sid, TrackSource.SOURCE_SCREENSHARE);
const frame = { bytes: 0, picture: { width: 0, height: 0, data: Buffer.alloc(0) }, release: () => undefined };

/** In a room where alice publishes these. */
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

test("of two cameras of one person that with the lower sid is shown, as on pages, however often all is looked through", async (context) => {
  const [one, two] = [new Publication("one"), new Publication("two")];
  const { look, camera } = await joined(context, two, one);
  for (let looked = 0; looked < 3; looked++) {
    look();
    assert.equal(camera()?.publication, one);
    assert.deepEqual([one.subscribed, two.subscribed], [true, false]);
  }
});

test("a second camera takes the first one's place when that is gone, and not before", async (context) => {
  const [one, two] = [new Publication("one"), new Publication("two")];
  const { rooms, look, camera } = await joined(context, one);
  look();
  rooms[0]!.tell(two);
  look();
  assert.equal(camera()?.publication, one);
  assert.deepEqual([one.subscribed, two.subscribed], [true, false]);
  rooms[0]!.unpublish(one);
  assert.equal(camera()?.publication, two);
  look();
  assert.equal(two.subscribed, true);
});

test("of two microphones of one person that with the lower sid is heard, as on pages, be it muted", async (context) => {
  const [one, two] = ["one", "two"].map((sid) => new Publication(sid, TrackSource.SOURCE_MICROPHONE));
  assert.ok(one && two);
  const { rooms, look } = await joined(context, one);
  one.info!.muted = true;
  rooms[0]!.tell(two);
  look();
  assert.deepEqual([one.subscribed, two.subscribed], [true, false]);
  rooms[0]!.unpublish(one);
  assert.equal(two.subscribed, true);
});

test("what was chosen is let go when one of a lower sid takes its place", async (context) => {
  const voices = ["one", "two"].map((sid) => new Publication(sid, TrackSource.SOURCE_MICROPHONE));
  const cameras = ["one camera", "two cameras"].map((sid) => new Publication(sid));
  const [[one, two], [first, second]] = [voices, cameras];
  assert.ok(one && two && first && second);
  const { rooms, look, camera } = await joined(context, two, second);
  look();
  for (const publication of [one, first]) rooms[0]!.tell(publication);
  look();
  assert.equal(camera()?.publication, first);
  const subscribed = [two, one, second, first].map((publication) => publication.subscribed);
  assert.deepEqual(subscribed, [false, true, false, true]);
});

test("what no page shows or plays is not in the programme: tracks of no source, and of another kind than their source", async (context) => {
  const strange = [
    new Publication("a sound", TrackSource.SOURCE_UNKNOWN, TrackKind.KIND_AUDIO),
    new Publication("a picture", TrackSource.SOURCE_UNKNOWN, TrackKind.KIND_VIDEO),
    new Publication("a picture for a microphone", TrackSource.SOURCE_MICROPHONE, TrackKind.KIND_VIDEO),
    new Publication("a sound for a camera", TrackSource.SOURCE_CAMERA, TrackKind.KIND_AUDIO),
  ];
  const { look, camera } = await joined(context, ...strange);
  look();
  assert.equal(camera(), null);
  assert.deepEqual(
    strange.map(({ subscribed }) => subscribed),
    [false, false, false, false],
  );
});

test("a connection that cannot be looked through is ended before the next one is made", async (context) => {
  const voice = new Publication("voice", TrackSource.SOURCE_MICROPHONE);
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
  const voice = new Publication("voice", TrackSource.SOURCE_MICROPHONE);
  voice.refused = 1;
  assert.doesNotThrow(() => rooms[0]!.tell(voice));
  look();
  assert.ok(voice.subscribed);
});

test("of two shared screens the shown one alone is subscribed to; the other when its turn comes, at once", async (context) => {
  const [hers, his] = [screen("hers"), screen("his")];
  const sound = new Publication("hers, sound", TrackSource.SOURCE_SCREENSHARE_AUDIO);
  const { rooms, look, source } = await joined(context, hers, sound);
  rooms[0]!.tell(his, rooms[0]!.bob);
  look();
  assert.deepEqual([hers.subscribed, his.subscribed, sound.subscribed], [true, false, true]);
  rooms[0]!.unpublish(hers);
  look();
  assert.equal(his.subscribed, true);
  source.want(null, 0);
  assert.equal(his.subscribed, false, "where the machine cannot, no screen is");
});

test("a shared screen stays until the first picture of the one that takes its place, and is let go then", async (context) => {
  const [hers, his] = [screen("hers"), screen("his")];
  const { rooms, look, source } = await joined(context, new Publication("camera"));
  rooms[0]!.tell(his, rooms[0]!.bob);
  look();
  source.sources.get("bob")?.screen?.queue.push(frame, 0);
  look();
  rooms[0]!.tell(hers);
  look();
  look();
  assert.deepEqual([hers.subscribed, his.subscribed], [true, true]);
  source.sources.get("alice")?.screen?.queue.push(frame, 0);
  look();
  assert.deepEqual([hers.subscribed, his.subscribed], [true, false]);
});
