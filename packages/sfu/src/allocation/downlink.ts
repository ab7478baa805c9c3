import { StreamState, StreamStateInfo } from "@livekit/protocol";
import type { Transport } from "../engine/medooze.ts";
import { allocate, type Wanted } from "./allocate.ts";
import { Budget, type Use } from "./budget.ts";
import type { Quality } from "./qualities.ts";

/** A picture on its way to the subscriber, as far as the share it gets is concerned. */
export interface Picture {
  readonly track: { readonly sid: string };
  readonly publisher: string;
  /** Whether it is to be seen now: bound, connected, neither switched off nor muted. */
  readonly isWanted: boolean;
  /** What the client asked for (UpdateTrackSettings); 0: nothing. */
  readonly priority: number;
  readonly isScreen: boolean;
  /** In which qualities it can be sent, from low to high; empty: not at all. */
  qualities(): Quality[];
  /** What is sent of it now; `null`: nothing. */
  readonly chosen: Quality | null;
  /** Sends this from now on; `null`: nothing, for want of room. `atOnce`: what is sent now is too much, and ends now. */
  choose(quality: Quality | null, atOnce: boolean): void;
  /** Has a key frame made of what is sent: the subscriber missed something. */
  refresh(): void;
}

/** What is known of a subscriber's path, bit/s of video. */
export interface DownlinkReport extends Use {
  /** `null`: not known yet. */
  estimate: number | null;
  /** Less than what is wanted is sent, since the path does not carry it. */
  isLimited: boolean;
}

/** What of a transport matters here. */
export type Path = Pick<Transport, "on" | "setBandwidthProbing" | "setMaxProbingBitrate" | "setProbingBitrateLimit">;

/** Whoever spoke within this is still looked at. */
const attentionMs = 5000;
/** A path by which something goes is heard of every second: one that was not for so long, ms, was cut off. */
const outageMs = 1500;
/** bit/s; less is a screen that stands still, of which a frame comes now and then. */
const leastHeard = 64_000;
/** bit/s; more padding than this is never sent. */
const mostPadding = 2_000_000;

/** Everything one subscriber is sent over one connection, and who of it gets how much. */
export class Downlink {
  readonly #tell: (states: StreamStateInfo[]) => void;
  readonly #budget = new Budget();
  readonly #pictures = new Set<Picture>();
  readonly #paused = new Set<Picture>();
  /** ms at which somebody spoke last, by sid. */
  readonly #spoke = new Map<string, number>();
  #transport: Path | null = null;
  /** When the path was heard of last, ms. */
  #heardAt = Number.POSITIVE_INFINITY;
  #probing = 0;
  #scheduled = false;
  #use: Use = { spent: 0, next: 0, full: 0, paused: 0 };

  /** `tell`: what the client is to know of pictures that were paused or go on. */
  constructor(tell: (states: StreamStateInfo[]) => void) {
    this.#tell = tell;
  }

  get report(): DownlinkReport {
    return { ...this.#use, estimate: this.#budget.estimate, isLimited: this.#budget.isLimited };
  }

  add(picture: Picture, transport: Path): void {
    this.#pictures.add(picture);
    if (transport !== this.#transport) {
      this.#transport = transport;
      this.#probing = 0;
      this.#heardAt = Number.POSITIVE_INFINITY;
      this.#budget.forget();
      transport.on("stopped", () => {
        if (transport === this.#transport) this.#transport = null;
      });
      transport.on("targetbitrate", (available) => {
        if (transport !== this.#transport) return;
        this.#heard(Date.now());
        this.#budget.estimated(available, Date.now());
        // Padding that was too much ends now, not at the next look.
        if (this.#probing > 0) this.#probe(Date.now());
      });
    }
    this.schedule();
  }

  /** The path may be another than it was. */
  moved(): void {
    this.#budget.moved(Date.now());
    this.schedule();
  }

  remove(picture: Picture): void {
    this.#pictures.delete(picture);
    this.#paused.delete(picture);
  }

  /** Something has changed: shares the path anew, once for all that changes in this turn of the event loop. */
  schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.share();
    });
  }

  /** Shares the path among the pictures. `speaker`: sid of who speaks now. */
  share(speaker?: string): void {
    const now = Date.now();
    if (speaker !== undefined) this.#spoke.set(speaker, now);
    for (const [sid, at] of this.#spoke) if (now > at + attentionMs) this.#spoke.delete(sid);

    const pictures = [...this.#pictures].filter((picture) => picture.isWanted);
    const offered = pictures.map((picture) => picture.qualities());
    const wanted = pictures.map((picture, index) => this.#wantedOf(picture, offered[index] ?? []));
    const { levels, spent, next, full } = allocate(wanted, this.#budget.room(now));
    const states: StreamStateInfo[] = [];
    for (const [index, picture] of pictures.entries()) {
      const quality = offered[index]?.[levels[index] ?? -1] ?? null;
      if (offered[index]?.length !== 0) this.#say(picture, quality === null, states);
      const before = wanted[index]?.now ?? -1;
      picture.choose(quality, this.#budget.isLimited && (levels[index] ?? -1) < before);
    }
    this.#use = { spent, next, full, paused: this.#paused.size };
    this.#budget.used(this.#use, now);
    this.#probe(now);
    if (states.length > 0) this.#tell(states);
  }

  #wantedOf(picture: Picture, offered: readonly Quality[]): Wanted {
    let highest = 0;
    // A higher quality may for a moment be measured lower.
    const bitrates = offered.map(({ bitrate }) => {
      highest = Math.max(highest, bitrate);
      return highest;
    });
    const { chosen } = picture;
    const now = offered.findLastIndex(
      ({ encoding, temporal }) =>
        encoding.id === chosen?.encoding.id && encoding.layer === chosen.encoding.layer && temporal === chosen.temporal,
    );
    return { rank: this.#rankOf(picture), bitrates, now };
  }

  /** The screen first (as LiveKit), then what the client set above others, then whoever speaks. */
  #rankOf({ isScreen, priority, publisher }: Picture): number {
    if (priority > 0) return priority;
    if (isScreen) return 255;
    return this.#spoke.has(publisher) ? 2 : 1;
  }

  #say(picture: Picture, isPaused: boolean, states: StreamStateInfo[]): void {
    if (this.#paused.has(picture) === isPaused) return;
    if (isPaused) this.#paused.add(picture);
    else this.#paused.delete(picture);
    states.push(
      new StreamStateInfo({
        participantSid: picture.publisher,
        trackSid: picture.track.sid,
        state: isPaused ? StreamState.PAUSED : StreamState.ACTIVE,
      }),
    );
  }

  /** After an outage pictures begin anew at once: receivers ask for that only after a second or three. */
  #heard(now: number): void {
    if (now > this.#heardAt + outageMs && this.#use.spent > leastHeard)
      for (const picture of this.#pictures) picture.refresh();
    this.#heardAt = now;
  }

  #probe(now: number): void {
    const upTo = Math.round(this.#budget.probe(now) ?? 0);
    if (upTo === this.#probing) return;
    this.#probing = upTo;
    if (this.#transport === null) return;
    this.#transport.setProbingBitrateLimit(upTo);
    this.#transport.setMaxProbingBitrate(Math.min(upTo, mostPadding));
    this.#transport.setBandwidthProbing(upTo > 0);
  }
}
