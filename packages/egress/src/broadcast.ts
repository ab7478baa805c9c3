import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { EgressStatus, ProgrammeOrder } from "@raadhuis/protocol/children";
import { ReleasedState } from "@raadhuis/protocol/public";
import { STATE } from "@raadhuis/protocol/publicNames";
import type { Logger } from "pino";
import { type Clock, steadyClock } from "./clock.ts";
import { makeFolder, parsedJson, textOf } from "./files.ts";
import type { Folders } from "./folders.ts";
import { Ledger } from "./ledger.ts";
import { placed } from "./orders.ts";
import { FRAMES_PER_SECOND } from "./picture.ts";
import { HOLD_BACK_MS, Programme } from "./programme.ts";
import { makeRecording, playable, recordingThere } from "./recording.ts";
import { Release } from "./release.ts";
import { endOf, lastFrameOf, type Segment } from "./segment.ts";
import { Feed, type Pace } from "./sinks/feed.ts";
import type { Sink } from "./sinks/sink.ts";
import { Unreleased } from "./unreleased.ts";

const LOOK_MS = 100;
const RETRY_MS = 1000;
const SINKS_MS = 600_000;
/** Where the broadcast may be wanted again at any moment, sinks are waited for no longer than this, ms. */
const WITHDRAWAL_MS = 5000;

export interface BroadcastOptions {
  meeting: string;
  folders: Folders;
  /** The media server, ws or wss. */
  url: string;
  log: Logger;
  /** How long the stream's end stays playable, ms, before its segments go. */
  lingerMs: number;
  /** Where it goes besides the folder. */
  sinks?: readonly Sink[];
  pace?: Pace;
  /** How long sinks that are behind are waited for at the end, ms: their segments go with the folder's. */
  sinksMs?: number;
}

/**
 * One meeting's broadcast from its first order to the finished recording. Every stage begins from what is on disk, so
 * that the next egress carries on wherever this one was when it died.
 */
export class Broadcast {
  readonly #options: BroadcastOptions;
  readonly #clock: Clock;
  /** How far the programme's clock is ahead of the wall's, ms. */
  readonly #ahead: number;
  readonly #unreleased: Unreleased;
  readonly #ledger: Ledger;
  readonly #release: Release;
  readonly #feeds: readonly Feed[];
  readonly #programme: Programme;
  #stage: "making" | "finishing" | "finished" | "givenUp" = "making";
  #stopped = false;
  readonly #lingering = new AbortController();

  private constructor(options: BroadcastOptions, unreleased: Unreleased, ledger: Ledger) {
    this.#options = options;
    const last = unreleased.segments.at(-1) ?? ledger.segments.at(-1);
    const notBefore = last ? endOf(last) + HOLD_BACK_MS : 0;
    this.#ahead = Math.max(0, notBefore - Date.now());
    this.#clock = steadyClock(notBefore);
    if (this.#ahead > 0) options.log.warn({ ms: this.#ahead }, "wall clock set back: the programme stays ahead of it");
    this.#unreleased = unreleased;
    this.#ledger = ledger;
    this.#feeds = (options.sinks ?? []).map(
      (sink) => new Feed({ ...options, folder: options.folders.public, sink, ledger }),
    );
    const isNeeded = (segment: Segment) => this.#feeds.some((feed) => feed.needs(segment));
    this.#release = new Release(options.meeting, options.folders, unreleased, ledger, isNeeded);
    this.#programme = new Programme({ ...options, clock: this.#clock, unreleased, ledger });
  }

  static async open(options: BroadcastOptions): Promise<Broadcast> {
    await makeFolder(options.folders.public);
    const unreleased = await Unreleased.open(options.folders.unreleased);
    const ledger = await Ledger.open(options.folders.ledger);
    const broadcast = new Broadcast(options, unreleased, ledger);
    const order = await unreleased.lastOrder();
    if (order) broadcast.#follow(order);
    for (const [what, { damaged }] of Object.entries({ unreleased, ledger }))
      if (damaged > 0)
        options.log.error({ what, damaged }, "segments lost: what describes them, or they, cannot be read");
    options.log.info({ unreleased: unreleased.segments.length, released: ledger.segments.length }, "broadcast opened");
    return broadcast;
  }

  take(order: ProgrammeOrder): EgressStatus {
    if (order.givenUp) this.#giveUp();
    if (this.#stage === "givenUp") return this.status();
    this.#follow(order);
    this.#unreleased
      .keepOrder(order)
      .catch((error) => this.#options.log.error({ error: String(error) }, "order not kept"));
    return this.status();
  }

  /** Slates are given up, and nothing else: whatever it is asked, no egress takes back what a meeting said. */
  #giveUp(): void {
    const { segments } = this.#ledger;
    const live = [...segments, ...this.#unreleased.segments].some((segment) => segment.live);
    if (live || this.#ledger.ended || this.#stage !== "making" || this.#programme.order?.scene.kind === "live") return;
    this.#stage = "givenUp";
    this.#programme.stop().catch((error) => this.#options.log.error({ error: String(error) }, "not stopped cleanly"));
  }

  #follow(order: ProgrammeOrder): void {
    this.#programme.take(placed(order, this.#ahead, this.#clock()));
  }

  status(): EgressStatus {
    const newest = this.#ledger.segments.at(-1);
    const order = this.#programme.order;
    const recorded = this.#ledger.segments.filter((segment) => segment.record);
    const making = order ? order.scene.kind : "starting";
    return {
      state: this.#stage === "making" ? (order?.end ? "finishing" : making) : this.#stage,
      behindMs: newest ? Math.max(0, Math.round(this.#clock() - lastFrameOf(newest))) : null,
      connected: this.#programme.connected,
      framesPerSecond: this.#programme.framesPerSecond,
      lagMs: this.#programme.lagMs,
      shown: this.#programme.shown,
      recordedSeconds: order?.recording
        ? recorded.reduce((sum, segment) => sum + segment.frames, 0) / FRAMES_PER_SECOND
        : null,
      ...(this.#feeds.length > 0 && { sinks: this.#feeds.map((feed) => feed.health()) }),
    };
  }

  /** @returns whether the broadcast is finished, or given up; `false`: stopped on the way */
  async run(): Promise<boolean> {
    const fed = Promise.all(this.#feeds.map((feed) => feed.run()));
    try {
      return await this.#run();
    } finally {
      for (const feed of this.#feeds) feed.stop();
      await fed;
    }
  }

  async #run(): Promise<boolean> {
    if (!this.#ledger.ended && !(await this.#over())) {
      let making = true;
      const made = this.#programme.run().finally(() => {
        making = false;
      });
      await Promise.all([made, this.#releaseWhile(() => making || this.#unreleased.segments.length > 0)]);
      if (this.#stage === "givenUp") return this.#takeBack();
      if (this.#stopped) return false;
      await this.#programme.leaveRooms();
      await this.#ledger.end();
    }
    this.#stage = "finishing";
    await this.#record();
    const recording = (await this.#publicState())?.recording ?? null;
    for (const feed of this.#feeds) feed.recorded(recording);
    await this.#settled("broadcast");
    if (this.#stopped) return false;
    this.#stage = "finished";
    // The stream's end stays playable for a while, and the server hears that all is done.
    await wait(this.#options.lingerMs, undefined, { signal: this.#lingering.signal }).catch(() => undefined);
    if (this.#stopped) return false;
    await this.#release.removeSegments();
    for (const feed of this.#feeds) feed.over();
    await this.#settled("end");
    if (this.#stopped) return false;
    await this.#ledger.remove();
    await this.#unreleased.clear();
    return true;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#lingering.abort();
    await this.#programme.stop();
  }

  /** The ledger stays: numbers of segments go on from it, as whoever has one of that name in a cache believes it for good. */
  async #takeBack(): Promise<true> {
    await this.#unreleased.clear();
    await this.#release.takeBack();
    for (const feed of this.#feeds) feed.wake();
    // One that was not told is told by the next egress of this meeting, before anything else.
    await this.#settled("withdrawal", WITHDRAWAL_MS);
    return true;
  }

  /** Sinks that are behind are waited for, within reason. */
  async #settled(what: string, ms = this.#options.sinksMs ?? SINKS_MS): Promise<void> {
    const { log } = this.#options;
    const settled = await Promise.all(this.#feeds.map((feed) => feed.settled(ms)));
    const behind = this.#feeds.filter((_, index) => !settled[index]).map((feed) => feed.health());
    if (behind.length > 0 && !this.#stopped) log.error({ what, behind }, "given up: these sinks do not have all of it");
  }

  async #releaseWhile(more: () => boolean): Promise<void> {
    const { log } = this.#options;
    while (more() && !this.#stopped && this.#stage !== "givenUp") {
      try {
        const delay = this.#programme.order?.delayMs ?? Number.POSITIVE_INFINITY;
        const advanced = await this.#release.advance(this.#clock(), delay, this.#programme.releasableUntil);
        if (advanced) for (const feed of this.#feeds) feed.wake(delay);
        else await wait(LOOK_MS);
      } catch (error) {
        // A full disk, for one: what is unreleased waits, and is released as soon as it can be.
        log.error({ error: String(error) }, "release failed");
        await wait(RETRY_MS);
      }
    }
  }

  /** The stream's end is told; what belongs into the recording becomes one file. Segments stay. */
  async #record(): Promise<void> {
    const { folders, log, meeting } = this.#options;
    if (await this.#recorded()) return;
    await this.#release.publish(null);
    const wanted = this.#ledger.segments.filter((segment) => segment.record);
    if (wanted.length === 0) return;
    const segments = await playable(wanted, folders.public);
    if (segments.length === 0) throw new Error("Of the released segments none is there.");
    if (segments.length < wanted.length)
      log.error({ lost: wanted.length - segments.length }, "segments lost: the recording goes on without them");
    const workshop = join(dirname(folders.ledger), `${meeting}.mp4`);
    const recording = await makeRecording(segments, folders.public, workshop);
    await this.#release.publish(recording);
    log.info({ seconds: recording.seconds, bytes: recording.bytes }, "recording finished");
  }

  /** A crash may have come after the recording was announced. */
  async #recorded(): Promise<boolean> {
    const state = await this.#publicState();
    return recordingThere(this.#options.folders.public, state?.recording ?? null);
  }

  /** An egress before this one finished all: whatever it is asked, a broadcast is never begun again over its recording. */
  async #over(): Promise<boolean> {
    if (this.#ledger.segments.length > 0) return false;
    return (await this.#publicState())?.ended ?? false;
  }

  async #publicState(): Promise<ReleasedState | null> {
    const text = await textOf(join(this.#options.folders.public, STATE));
    return ReleasedState.safeParse(parsedJson(text ?? "")).data ?? null;
  }
}
