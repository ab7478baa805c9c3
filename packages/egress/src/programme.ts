import { setTimeout as wait } from "node:timers/promises";
import type { ProgrammeOrder } from "@raadhuis/protocol/children";
import type { Logger } from "pino";
import type { Clock } from "./clock.ts";
import { type Composed, Compositor } from "./compositor.ts";
import { Director } from "./director.ts";
import { Encoding } from "./encoding.ts";
import type { Ledger } from "./ledger.ts";
import { OrderTimeline } from "./orders.ts";
import { FRAME_MS, FRAMES_PER_SEGMENT } from "./picture.ts";
import { RoomSource } from "./room.ts";
import { endOf, type Segment } from "./segment.ts";
import { framesPerPictureOf, LEFT_OUT_MS, type Rung, shed, shownOf, unshed } from "./shedding.ts";
import { isOn } from "./sight.ts";
import { NotKept, type Unreleased } from "./unreleased.ts";

/** The programme is made this far behind the wall clock, ms, so that an order is there before the frame it concerns. */
export const HOLD_BACK_MS = 1000;
/** An interruption up to this long is filled with a slate, ms; a longer one is a gap in the stream's clock. */
const FILLED_GAP_MS = 30_000;
/** Where sound is made alone, a picture is there again so long after it is asked for, ms. */
const PICTURE_MS = 1000;
/** When it is far behind, slates last as long as a segment, ms. */
const FAR_MS = 2000;
/** The slate that follows the meeting, ms. */
const AFTER_MS = 6000;
/** How long a picture waits for the first frame of whom it turns to, ms. */
const TURN_MS = 1000;
const LOOK_MS = 100;
/** Where segments cannot be kept, it is tried again after this, ms. */
const RETRY_MS = 1000;

/**
 * Makes the programme: follows the server's orders, joins and leaves the rooms they name, and puts frame after frame
 * into the unreleased store, a fixed time behind the wall clock. Knows nothing of what is released.
 */
export class Programme {
  readonly #url: string;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #unreleased: Unreleased;
  readonly #ledger: Ledger;
  readonly #orders = new OrderTimeline();
  readonly #compositor = new Compositor();
  /** By room; one that is left stays until no frame needs its queues. */
  readonly #rooms = new Map<string, { source: RoomSource; director: Director; leftAt: number | null }>();
  /** Programme time of the next frame, ms; `null`: nothing was ordered yet. */
  #next: number | null = null;
  #encoding: Encoding | null = null;
  /** Before this time the room is not shown: the broadcast was interrupted, or destroyed by this order's slate. */
  #veil: { until: number; order: ProgrammeOrder | null } = { until: 0, order: null };
  #destroyFrom: number | null = null;
  #shown: { who: string | null; since: number } = { who: null, since: 0 };
  #shedding = unshed;
  /** Programme time from which on there are pictures again, ms. */
  #picturesFrom = Number.NEGATIVE_INFINITY;
  #stopped = false;
  #made: number[] = [];

  constructor(options: { url: string; clock: Clock; log: Logger; unreleased: Unreleased; ledger: Ledger }) {
    this.#url = options.url;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#unreleased = options.unreleased;
    this.#ledger = options.ledger;
  }

  get order(): ProgrammeOrder | null {
    return this.#orders.latest;
  }

  /** Nothing that ends after this may be released: it is about to be destroyed. ms */
  get releasableUntil(): number {
    return this.#destroyFrom ?? Number.POSITIVE_INFINITY;
  }

  get connected(): boolean {
    const scene = this.order?.scene;
    return scene?.kind === "live" && (this.#rooms.get(scene.room)?.source.connected ?? false);
  }

  get framesPerSecond(): number {
    const now = this.#clock();
    return this.#made.filter((at) => at > now - 2000).length / 2;
  }

  /** How far what is made is behind the time it is to be made at, ms: the one measure of whether the machine keeps up. */
  get lagMs(): number {
    return this.#next === null ? 0 : Math.max(0, this.#clock() - HOLD_BACK_MS - this.#next);
  }

  /** What is left of the programme at present, where the machine cannot make all of it. */
  get shown(): Rung {
    return shownOf(this.#shedding);
  }

  /** Follows an order. Rooms are joined and left at once; the picture changes when the programme comes to `order.at`. */
  take(order: ProgrammeOrder): void {
    const taken = this.#orders.take(order, this.#next ?? 0);
    if (taken.kind === "late") this.destroyFrom(taken.destroyFrom);
    const latest = this.#orders.latest!;
    const room = latest.scene.kind === "live" ? latest.scene.room : null;
    for (const [name, { source }] of this.#rooms) if (name !== room) this.#leave(name, source);
    if (latest.scene.kind === "live") this.#enter(latest.scene.room, latest.scene.token);
  }

  /** Whatever is unreleased and not older than `at` is destroyed unseen; a slate stands in its place. */
  destroyFrom(at: number): void {
    this.#destroyFrom = Math.min(at, this.#destroyFrom ?? at);
    this.#log.warn({ at }, "unreleased part to be destroyed");
  }

  /** Makes frames until the programme has ended, or `stop`. @returns whether it has ended */
  async run(): Promise<boolean> {
    const looking = setInterval(() => this.#look(), LOOK_MS);
    try {
      while (!this.#stopped) {
        if (this.#destroyFrom !== null) await this.#destroy(this.#destroyFrom);
        const now = this.#clock();
        if (!this.#orders.latest) {
          await wait(FRAME_MS);
          continue;
        }
        if (this.#next === null) {
          // Over before anything was broadcast, or all of it is finished already.
          if (this.#orders.latest.end && this.#history().length === 0) return true;
          this.#next = this.#begin(now - HOLD_BACK_MS);
        }
        const frames = this.#framesAt(this.#next);
        const early = frames * FRAME_MS - this.lagMs;
        if (early > 0) {
          await wait(early);
          continue;
        }
        if (this.#next >= this.#veil.until) this.#shed(-early);
        if (this.shown === "sound" && -early > LEFT_OUT_MS && this.#next >= this.#veil.until) {
          await this.#leaveOut();
          continue;
        }
        const order = this.#orders.at(this.#next)!;
        if (order.end && this.#next >= order.at + AFTER_MS) {
          if (await this.#keep()) break;
          continue;
        }
        if (this.#unreleased.hasRoom)
          await this.#make(order, this.#next, frames).catch((error) => this.#interrupt(error));
        else await this.#interrupt(new NotKept("As much waits for its release as may."));
      }
    } finally {
      clearInterval(looking);
    }
    await this.#keep();
    return !this.#stopped;
  }

  /** Ends `run` as soon as it can; what is encoded is kept. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.leaveRooms();
  }

  async leaveRooms(): Promise<void> {
    await Promise.all([...this.#rooms.values()].map(({ source }) => source.close()));
  }

  /** Where the programme begins, or goes on after another egress. */
  #begin(start: number): number {
    const last = this.#history().at(-1);
    const end = last ? endOf(last) : 0;
    if (end < start - FILLED_GAP_MS) return Math.ceil(start);
    this.#veil = { until: start, order: null };
    return end;
  }

  #history(): Segment[] {
    return [...this.#ledger.segments, ...this.#unreleased.segments];
  }

  /** How long the picture at `at` lasts, frames. However busy the machine is, none reaches into the next scene or segment. */
  #framesAt(at: number): number {
    const leftInScene = Math.max(1, Math.ceil((this.#orders.nextAfter(at) - at) / FRAME_MS));
    const leftInSegment = this.#encoding?.leftInSegment(at) ?? FRAMES_PER_SEGMENT;
    return Math.min(this.#framesWanted(at), leftInScene, leftInSegment);
  }

  #framesWanted(at: number): number {
    // The slate that fills an interruption: all of it is late already.
    if (at < this.#veil.until)
      return Math.max(1, Math.min(FRAMES_PER_SEGMENT, Math.ceil((this.#veil.until - at) / FRAME_MS)));
    const alone = this.shown === "sound";
    return alone && this.lagMs > FAR_MS ? FRAMES_PER_SEGMENT : framesPerPictureOf(this.#shedding);
  }

  /** Sheds, or takes up again. */
  #shed(behindMs: number): void {
    const before = this.#shedding;
    this.#shedding = shed(before, behindMs, this.#clock());
    const { step, rose } = this.#shedding;
    if (step === before.step) return;
    const about = { step, shown: this.shown, behindMs: Math.round(behindMs) };
    if (rose) this.#log.warn(about, "the machine does better: more is made again");
    else this.#log.warn(about, "the machine cannot keep up: less is made");
    if (shownOf(before) === "sound") this.#picturesFrom = this.#clock() + PICTURE_MS;
    this.#look();
  }

  /** Nothing else helped: what is encoded is kept, and the programme goes on in the present, behind a jump in time. */
  async #leaveOut(): Promise<void> {
    this.#log.error({ ms: Math.round(this.lagMs) }, "time left out: the machine does not even keep up with the sound");
    if (await this.#keep()) this.#next = Math.ceil(this.#clock() - HOLD_BACK_MS);
  }

  /** What is encoded becomes a last, shorter segment of its run. @returns whether it could be kept */
  async #keep(): Promise<boolean> {
    try {
      await this.#encoding?.finish();
      this.#encoding = null;
      return true;
    } catch (error) {
      await this.#interrupt(error);
      return false;
    }
  }

  async #make(order: ProgrammeOrder, at: number, due: number): Promise<void> {
    this.#encoding ??= await this.#newEncoding(at);
    // Another order may have come meanwhile.
    const frames = Math.min(due, this.#framesAt(at));
    const { picture, sound, scene } = await this.#compose(order, at, frames);
    // An order may have come while the frame was drawn.
    if (this.#destroyFrom !== null) return;
    const { body, title, startsAt, zone, agenda, recording } = order;
    const heading = { body, title, startsAt, zone, agenda };
    const note = { scene, heading, recording };
    await this.#encoding.add(at, picture, sound, note, this.shown === "whole");
    this.#next = at + frames * FRAME_MS;
    this.#made.push(this.#clock());
    if (this.#made.length > 100) this.#made.splice(0, 50);
    this.#forget(at);
  }

  /** What was being encoded goes, what waits stays. Tried anew until there is room; a slate stands for the time between. */
  async #interrupt(error: unknown): Promise<void> {
    if (!(error instanceof NotKept)) throw error;
    this.#log.error({ error: error.message, cause: String(error.cause) }, "nothing can be made at present");
    this.#encoding?.discard();
    this.#encoding = null;
    await wait(RETRY_MS);
    this.#next = this.#begin(this.#clock() - HOLD_BACK_MS);
  }

  async #newEncoding(at: number): Promise<Encoding> {
    const history = this.#history();
    const run = Math.max(-1, ...history.slice(-1).map((segment) => segment.run)) + 1;
    this.#log.info({ run, at }, "encoder begins");
    return Encoding.begin(run, at, this.#unreleased, () => this.#history(), this.#ledger.renditions.slice(1));
  }

  #compose(order: ProgrammeOrder, at: number, frames: number): Promise<Composed> {
    const veiled = at < this.#veil.until;
    const { scene } = veiled ? (this.#veil.order ?? order) : order;
    if (scene.kind === "slate") return this.#compositor.slate(order, scene.slate, scene.text, frames);
    if (veiled) return this.#compositor.slate(order, "interrupted", null, frames);
    const room = this.#rooms.get(scene.room);
    if (!room) return this.#compositor.slate(order, "waiting", null, frames);
    const { source, director } = room;
    const chosen = scene.focus !== null && source.sources.has(scene.focus) ? scene.focus : director.at(at);
    if (this.shown === "sound" || at < this.#picturesFrom) {
      this.#shown = { who: chosen, since: at };
      return this.#compositor.soundAlone(order, { source, who: chosen }, at, frames);
    }
    const who = this.#whoAt(source, chosen, at);
    return this.#compositor.live(order, { source, who }, at, frames);
  }

  /** Turns to somebody when their picture is there, or they have none. */
  #whoAt(source: RoomSource, who: string | null, at: number): string | null {
    if (who === this.#shown.who) {
      this.#shown.since = at;
      return who;
    }
    const camera = who === null ? null : source.sources.get(who)?.camera;
    const coming = camera && isOn(camera) && !camera.queue.hasAt(at);
    if (coming && at - this.#shown.since < TURN_MS) return this.#shown.who;
    this.#shown = { who, since: at };
    return who;
  }

  async #destroy(at: number): Promise<void> {
    const order = this.#orders.at(at);
    const inMemory = this.#encoding && this.#next !== null && at < this.#next ? this.#encoding.pendingFrom : null;
    const stored = await this.#unreleased.destroyFrom(at);
    if (inMemory !== null || stored !== null) {
      this.#encoding?.discard();
      this.#encoding = null;
      this.#next = stored ?? inMemory;
      this.#veil = { until: at, order };
      this.#log.warn({ at, from: this.#next, slate: order?.scene.kind === "slate" }, "unreleased part destroyed");
    }
    this.#destroyFrom = null;
  }

  #enter(name: string, token: string): void {
    const known = this.#rooms.get(name);
    if (known && known.leftAt === null) {
      known.source.renew(token);
      return;
    }
    const director = new Director();
    const events = {
      heard: (who: string, level: number, at: number) => director.heard(who, level, at),
      left: (who: string) => director.left(who),
    };
    const source = new RoomSource({ room: name, url: this.#url, token, clock: this.#clock, log: this.#log, events });
    this.#rooms.set(name, { source, director, leftAt: null });
  }

  #leave(name: string, source: RoomSource): void {
    const known = this.#rooms.get(name);
    if (!known || known.leftAt !== null) return;
    known.leftAt = this.#clock();
    source.close().catch((error) => this.#log.warn({ error: String(error) }, "room not left cleanly"));
  }

  #forget(at: number): void {
    this.#orders.forget(at);
    for (const [name, { source, leftAt }] of this.#rooms) {
      if (leftAt === null || leftAt >= at) continue;
      this.#rooms.delete(name);
      source.release();
    }
  }

  /** Looks ahead, in the present: whose camera will be needed. */
  #look(): void {
    const scene = this.order?.scene;
    const room = scene?.kind === "live" ? this.#rooms.get(scene.room) : undefined;
    if (scene?.kind !== "live" || !room) return;
    const { source, director } = room;
    const seen = [...source.sources].filter(([, person]) => isOn(person.camera)).map(([who]) => who);
    const focus = scene.focus !== null && source.sources.has(scene.focus) ? scene.focus : null;
    const now = this.#clock();
    // Of what is veiled no frame is made.
    const next = Math.max(this.#next ?? now - HOLD_BACK_MS, this.#veil.until);
    director.look(now, next, focus, seen);
    const wanted = director.wanted;
    // The picture stays with them until it turns.
    if (this.#shown.who !== null) wanted.add(this.#shown.who);
    try {
      source.want(this.shown === "sound" ? null : wanted, next);
    } catch (error) {
      // rtc-node refuses what concerns a track that has just gone; the next look sees that.
      this.#log.warn({ error: String(error) }, "not subscribed");
    }
  }
}
