import {
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
  TrackKind,
  TrackSource,
} from "@livekit/rtc-node";
import type { Logger } from "pino";
import { AudioLine } from "./audioLine.ts";
import type { Clock } from "./clock.ts";
import { RoomConnection } from "./connection.ts";
import { askSize, hear, watch } from "./decoded.ts";
import { FrameQueue } from "./frameQueue.ts";
import { layoutOf } from "./layouts.ts";
import { loudness } from "./mixer.ts";
import { HEIGHT, SAMPLE_RATE, WIDTH } from "./picture.ts";
import { ScreenDirector } from "./screens.ts";
import { isOn, isSound, partOf, type Sight, type Source, sightOf } from "./sight.ts";

/** Milliseconds of sound in one block; smaller ones cost more calls across the native border. */
const BLOCK_MS = 20;
/** What is there is looked through this often, ms. */
const SWEEP_MS = 1000;
/** A frame's own time is believed if it is this near to its arrival, ms. */
const PLAUSIBLE_MS = 500;

/**
 * A camera that nobody wanted for so long is no longer subscribed to, ms: not sent, not decoded. And what is gone for so
 * long is forgotten: no frame that it is in is still to be made.
 */
const REST_MS = 10_000;
/** A screen is asked for as large as the picture: of more nothing is sent where the sender has it smaller. */
const WHOLE = { width: WIDTH, height: HEIGHT };
/** A screen that is published is in the picture after this at the latest, ms. */
const SCREEN_MS = 1000;

export interface RoomEvents {
  /** A block of a person's microphone. `level`: dB of full scale; `at`: ms. */
  heard(who: string, level: number, at: number): void;
  left(who: string): void;
}

/**
 * One epoch's room, as the programme sees it: subscribes to what is to be shown, and keeps what arrives in queues with
 * its time of arrival. After `close` nothing more arrives; what did stays readable.
 */
export class RoomSource {
  readonly room: string;
  readonly sources = new Map<string, Source>();
  /** Ends the taking over of a line's sound. */
  readonly #hearing = new WeakMap<AudioLine, () => void>();
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #events: RoomEvents;
  #wanted: ReadonlySet<string> | null = new Set();
  #screens = new ScreenDirector();
  #sharedSince: number | null = null;
  #sweptAt = Number.NEGATIVE_INFINITY;
  readonly #restMs: number;
  readonly #connection: RoomConnection;

  /** @param options.restMs and `makeRoom`: for tests */
  constructor(options: {
    room: string;
    url: string;
    token: string;
    clock: Clock;
    log: Logger;
    events: RoomEvents;
    restMs?: number;
    makeRoom?: () => Room;
  }) {
    this.#restMs = options.restMs ?? REST_MS;
    this.room = options.room;
    this.#clock = options.clock;
    this.#log = options.log.child({ room: options.room });
    this.#events = options.events;
    this.#connection = new RoomConnection({
      url: options.url,
      token: options.token,
      log: this.#log,
      makeRoom: options.makeRoom,
      events: {
        published: (publication, participant) => this.#published(publication, participant),
        unpublished: (sid, who) => this.#lose(sid, who),
        subscribed: (track, publication, participant) => this.#add(track, publication, participant),
        unsubscribed: (sid, who) => this.#unsubscribed(sid, who),
        muted: (sid, who, muted) => this.#mute(sid, who, muted),
        left: (who) => {
          this.#forget(who);
          this.#events.left(who);
        },
        lost: () => this.#drop(),
      },
    });
  }

  get connected(): boolean {
    return this.#connection.connected;
  }

  /** A fresh ticket, used when the room has to be joined again. */
  renew(token: string): void {
    this.#connection.renew(token);
  }

  /**
   * Whose cameras are decoded into queues from now on; of shared screens it is the one that is to be shown. `null`: no
   * picture at all, let go at once, because the machine cannot.
   * @param next time of the next frame that is to be made, ms
   */
  want(people: ReadonlySet<string> | null, next: number): void {
    this.#wanted = people;
    const now = this.#clock();
    this.#tidy(now - this.#restMs);
    if (now - this.#sweptAt > SWEEP_MS) {
      this.#sweptAt = now;
      this.#connection.sweep();
    }
    const shared = [...this.sources].filter(([, { screen }]) => isOn(screen)).map(([who]) => who);
    this.#chooseScreen(shared, now, next);
    if (shared.length === 0) this.#sharedSince = null;
    else this.#sharedSince ??= now;
    // Beside a screen it is asked for smaller when no picture in which it is large is still to be made.
    const small = this.#sharedSince !== null && next - this.#sharedSince > SCREEN_MS;
    const screens = this.#screens.wanted;
    const cameraSize = layoutOf({ screen: small }).speaker ?? WHOLE;
    const rest = people === null ? 0 : this.#restMs;
    for (const [who, { camera, screen }] of this.sources) {
      if (camera) this.#attend(camera, people?.has(who) ?? false, cameraSize, rest);
      // What stands still on a screen is sent again to whoever subscribes anew: kept subscribed, it would stay unseen.
      if (screen) this.#attend(screen, screens.has(who), WHOLE, 0);
    }
  }

  #chooseScreen(shared: readonly string[], now: number, next: number): void {
    if (this.#wanted === null) this.#screens = new ScreenDirector();
    else this.#screens.look(now, next, shared, (who, at) => this.sources.get(who)?.screen?.queue.showsAt(at) ?? false);
  }

  /** Forgets whatever is gone since before `before`, and lets go of its frames: people come and go all evening. */
  #tidy(before: number): void {
    for (const [who, source] of this.sources) {
      for (const part of ["camera", "screen"] as const) {
        const sight = source[part];
        if (sight?.goneAt == null || sight.goneAt > before) continue;
        sight.queue.clear();
        source[part] = null;
      }
      if (!this.#connection.has(who) && !source.camera && !source.screen && source.sounds.size === 0)
        this.sources.delete(who);
    }
  }

  #attend(sight: Sight, wanted: boolean, size: { width: number; height: number }, restMs: number): void {
    if (sight.goneAt !== null) return;
    this.#wake(sight, wanted, restMs);
    this.#watch(sight, wanted);
    if (!wanted || !sight.track || sight.width === size.width) return;
    sight.width = size.width;
    askSize(sight.publication, size);
  }

  /** Subscribes ahead of the picture's time, so that it is there then; lets cameras go late, so that a debate costs nothing. */
  #wake(sight: Sight, wanted: boolean, restMs: number): void {
    const now = this.#clock();
    if (wanted) sight.lastWanted = now;
    const asleep = !wanted && now - sight.lastWanted >= restMs;
    if (asleep === sight.asleep) return;
    sight.asleep = asleep;
    sight.publication.setSubscribed(!asleep);
  }

  /** Nothing of it is to be shown any more. */
  release(): void {
    this.#tidy(Number.POSITIVE_INFINITY);
  }

  /** Leaves at once, whatever is under way. */
  async close(): Promise<void> {
    const closing = this.#connection.close();
    this.#drop();
    await closing;
  }

  #sourceOf(who: string): Source {
    const known = this.sources.get(who);
    if (known) return known;
    const fresh: Source = { camera: null, screen: null, sounds: new Map() };
    this.sources.set(who, fresh);
    return fresh;
  }

  /** Sound is subscribed to at once, pictures when they are wanted. */
  #published(publication: RemoteTrackPublication, participant: RemoteParticipant): void {
    if (isSound(publication)) {
      if (!publication.subscribed) publication.setSubscribed(true);
      return;
    }
    const source = this.#sourceOf(participant.identity);
    const part = partOf(publication);
    const known = source[part];
    if (known?.publication.sid === publication.sid && known?.goneAt === null) {
      known.publication = publication;
      if (!known.asleep && !known.track) publication.setSubscribed(true);
      return;
    }
    known?.unwatch?.();
    source[part] = {
      track: null,
      publication,
      asleep: true,
      lastWanted: Number.NEGATIVE_INFINITY,
      width: null,
      // What came before is still to be shown, and to be let go.
      queue: known?.queue ?? new FrameQueue(),
      muted: publication.muted ?? false,
      goneAt: null,
      unwatch: null,
    };
  }

  #add(track: RemoteTrack, publication: RemoteTrackPublication, participant: RemoteParticipant): void {
    const source = this.#sourceOf(participant.identity);
    if (track.kind === TrackKind.KIND_AUDIO) {
      const line = new AudioLine();
      source.sounds.set(track.sid ?? "", line);
      const voice = publication.source !== TrackSource.SOURCE_SCREENSHARE_AUDIO;
      this.#hear(track, line, participant.identity, voice);
      return;
    }
    const sight = sightOf(source, publication.sid);
    if (!sight || sight.goneAt !== null) return;
    this.#watch(sight, false);
    sight.track = track;
    sight.width = null;
    const wanted = sight === source.screen ? this.#screens.wanted : this.#wanted;
    this.#watch(sight, wanted?.has(participant.identity) ?? false);
  }

  #hear(track: RemoteTrack, line: AudioLine, who: string, voice: boolean): void {
    const stop = hear(track, { sampleRate: SAMPLE_RATE, blockMs: BLOCK_MS }, (samples) => {
      const at = this.#clock();
      if (this.#connection.closed || line.ended) return;
      line.push(samples, at);
      if (voice) this.#events.heard(who, loudness(samples), at);
    });
    this.#hearing.set(line, stop);
  }

  /** Decoded frames are taken over only while they may be shown. */
  #watch(sight: Sight, wanted: boolean): void {
    if (sight.goneAt !== null || wanted === (sight.unwatch !== null)) return;
    if (!wanted) {
      sight.unwatch?.();
      sight.unwatch = null;
      sight.queue.clear();
      return;
    }
    if (!sight.track) return;
    const unwatch = watch(sight.track, (frame, timestampUs) => {
      if (this.#connection.closed || sight.unwatch !== unwatch || sight.muted) return frame.release();
      sight.queue.push(frame, this.#timeOf(timestampUs));
    });
    sight.unwatch = unwatch;
  }

  /**
   * WebRTC stamps a frame with the moment it is to be shown, on the system's monotonic clock, as `hrtime` is: free of
   * the delays of a busy machine. Where that is not so, the time of arrival must do.
   */
  #timeOf(timestampUs: bigint): number {
    const age = Number(process.hrtime.bigint() / 1000n - timestampUs) / 1000;
    return this.#clock() - (Math.abs(age) < PLAUSIBLE_MS ? age : 0);
  }

  #mute(sid: string | undefined, who: string, muted: boolean): void {
    const sight = sightOf(this.sources.get(who), sid);
    if (!sight) return;
    sight.muted = muted;
    if (muted) sight.queue.push(null, this.#clock());
  }

  /** A picture that is still published may come back; a sound that ends is a new one when it does. */
  #unsubscribed(sid: string | undefined, who: string): void {
    const sight = sightOf(this.sources.get(who), sid);
    if (!sight) {
      this.#lose(sid, who);
      return;
    }
    if (sight.asleep) this.#watch(sight, false);
    sight.unwatch?.();
    sight.unwatch = null;
    sight.track = null;
  }

  /** A track is gone: what it brought stays for the frames that are still to be made. */
  #lose(sid: string | undefined, who: string): void {
    const source = this.sources.get(who);
    const line = source?.sounds.get(sid ?? "");
    if (line) {
      line.ended = true;
      this.#hearing.get(line)?.();
    }
    const sight = sightOf(source, sid);
    if (!sight || sight.goneAt !== null) return;
    sight.goneAt = this.#clock();
    sight.queue.push(null, this.#clock());
    sight.unwatch?.();
    sight.unwatch = null;
  }

  #forget(who: string): void {
    const source = this.sources.get(who);
    for (const sight of [source?.camera, source?.screen]) if (sight) this.#lose(sight.publication.sid, who);
    for (const sid of source?.sounds.keys() ?? []) this.#lose(sid, who);
  }

  #drop(): void {
    for (const who of this.sources.keys()) this.#forget(who);
  }
}
