import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { SinkHealth } from "@raadhuis/protocol/children";
import type { ReleasedState } from "@raadhuis/protocol/public";
import { RECORDING, STATE } from "@raadhuis/protocol/publicNames";
import type { Logger } from "pino";
import { sizeOf } from "../files.ts";
import type { Ledger } from "../ledger.ts";
import { Publication } from "../publication.ts";
import { endOf, initName, mediaName, renditionsOf, type Segment } from "../segment.ts";
import { Patient } from "./patient.ts";
import type { Sink } from "./sink.ts";

/** How a sink that does not do its part is waited for, ms. */
export interface Pace {
  /** For one small file; larger ones get more. */
  patienceMs: number;
  /** Before the first new try; twice that before each further one. */
  firstPauseMs: number;
  mostPauseMs: number;
}
/** So many segments behind, it hears of those it has, before it gets more. */
const MOST_UNTOLD = 5;
const PACE: Pace = { patienceMs: 20_000, firstPauseMs: 1000, mostPauseMs: 30_000 };

export interface FeedOptions {
  meeting: string;
  sink: Sink;
  /** The meeting's folder in `public/`: what is not there any more cannot be had. */
  folder: string;
  ledger: Ledger;
  log: Logger;
  pace?: Pace;
}

/**
 * Brings one sink everything that was released, in order, at its own pace: what it has stands in the ledger, so the next
 * egress goes on there. Nothing waits for it but itself. It begins from the ledger, in which nothing unreleased ever stands.
 */
export class Feed {
  readonly #options: FeedOptions;
  readonly #pace: Pace;
  readonly #sink: Sink;
  readonly #log: Logger;
  readonly #stopped = new AbortController();
  #publication: Publication;
  /** What stands there; `null`: not asked yet. */
  #there: Set<string> | null = null;
  /** How many of the ledger's segments, from the oldest on, it is done with. */
  #at = 0;
  /** What was last told of as a whole, and up to where. */
  #published = { as: "", at: 0 };
  #delayMs: number | undefined;
  #recording: ReleasedState["recording"] = null;
  #isOver = false;
  #isTidy = false;
  #failures = 0;
  #lost = 0;
  #news = Promise.withResolvers<void>();

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#pace = options.pace ?? PACE;
    this.#log = options.log.child({ sink: options.sink.name });
    this.#sink = new Patient(options.sink, this.#pace.patienceMs, this.#stopped.signal);
    this.#publication = new Publication(options.meeting, this.#sink);
  }

  /** Something was released, or taken back. */
  wake(delayMs?: number): void {
    this.#delayMs = delayMs ?? this.#delayMs;
    this.#news.resolve();
  }

  /** The stream has ended and this is its recording, if there is one. */
  recorded(recording: ReleasedState["recording"]): void {
    this.#recording = recording;
    this.wake();
  }

  /** No player can want the segments any more. */
  over(): void {
    this.#isOver = true;
    this.wake();
  }

  stop(): void {
    this.#stopped.abort(new Error("The broadcast was stopped."));
    this.wake();
  }

  /** Whether it still needs a segment's file. */
  needs({ number }: Segment): boolean {
    const { through } = this.#options.ledger.has(this.#sink.name);
    return number > through;
  }

  health(): SinkHealth {
    const { segments } = this.#options.ledger;
    const next = segments[this.#skipped()];
    const behindMs = next ? Math.round(endOf(segments.at(-1)!) - next.at) : 0;
    return { name: this.#sink.name, behindMs, failing: this.#failures > 0, lost: this.#lost };
  }

  /** Until it is stopped. */
  async run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      const news = Promise.withResolvers<void>();
      const deed = this.#next();
      if (!deed) {
        this.#news = news;
        await news.promise;
        continue;
      }
      await deed().then(
        () => this.#went(),
        (error) => this.#failed(error),
      );
    }
  }

  /** Waits until it has everything, for so long at most. @returns whether it has */
  async settled(ms: number): Promise<boolean> {
    for (const until = Date.now() + ms; Date.now() < until && !this.#stopped.signal.aborted; await wait(20))
      if (!this.#next()) return true;
    return !this.#next();
  }

  /** The next thing that it must hear; `null`: nothing is new. */
  #next(): (() => Promise<void>) | null {
    const { ledger } = this.#options;
    const { takenBack } = ledger.has(this.#sink.name);
    if (takenBack < ledger.takenBack) return () => this.#takeBack(ledger.takenBack);
    const segment = ledger.segments[this.#skipped()];
    const untold = this.#at - this.#published.at;
    if (segment && untold < MOST_UNTOLD) return () => this.#segment(segment);
    const as = this.#present();
    if (this.#at > 0 && as !== this.#published.as) return () => this.#publish(as);
    if (this.#isOver && !this.#isTidy) return () => this.#tidy();
    return null;
  }

  /** What there is to be said of the whole. */
  #present(): string {
    const { ended, segments } = this.#options.ledger;
    const all = this.#at === segments.length;
    return `${this.#at} ${all && ended} ${all && this.#recording !== null}`;
  }

  /** Where in the ledger the first segment stands that it is not done with. */
  #skipped(): number {
    const { ledger } = this.#options;
    const { through } = ledger.has(this.#sink.name);
    while (this.#at < ledger.segments.length && ledger.segments[this.#at]!.number <= through) this.#at++;
    return this.#at;
  }

  async #segment(segment: Segment): Promise<void> {
    const { folder, ledger } = this.#options;
    this.#there ??= new Set(await this.#sink.names());
    for (const rendition of renditionsOf(segment))
      for (const name of [initName(segment.run, rendition), mediaName(segment.number, rendition)]) {
        if (this.#there.has(name)) continue;
        const path = join(folder, name);
        if ((await sizeOf(path)) === null) {
          this.#lost++;
          this.#log.error({ name }, "released, and gone before this sink took it");
          continue;
        }
        await this.#sink.put({ name, content: { path } });
        this.#there.add(name);
      }
    await ledger.tell(this.#sink.name, { ...ledger.has(this.#sink.name), through: segment.number });
  }

  async #publish(as: string): Promise<void> {
    const { folder, ledger } = this.#options;
    const at = this.#at;
    const all = at === ledger.segments.length;
    const recording = all ? this.#recording : null;
    const ended = all && ledger.ended;
    this.#there ??= new Set(await this.#sink.names());
    if (recording !== null && !this.#there.has(RECORDING)) {
      await this.#sink.put({ name: RECORDING, content: { path: join(folder, RECORDING) } });
      this.#there.add(RECORDING);
    }
    await this.#publication.publish({ ...ledger.view(at), ended, recording, delayMs: this.#delayMs });
    this.#published = { as, at };
  }

  /** As the folder: what says that there is something goes last. */
  async #takeBack(through: number): Promise<void> {
    const { ledger } = this.#options;
    for (const name of await this.#sink.names()) if (name !== STATE) await this.#sink.remove(name);
    await this.#sink.remove(STATE);
    this.#there = null;
    this.#publication = new Publication(this.#options.meeting, this.#sink);
    const has = ledger.has(this.#sink.name);
    await ledger.tell(this.#sink.name, { through: Math.max(has.through, through), takenBack: through });
    // Nothing is there now, and nothing is to be said of it.
    const at = this.#skipped();
    this.#published = { as: this.#present(), at };
  }

  async #tidy(): Promise<void> {
    for (const name of await this.#sink.names()) if (/\.(m3u8|m4s)$|^init-/.test(name)) await this.#sink.remove(name);
    await this.#publication.tidy();
    this.#isTidy = true;
  }

  #went(): void {
    if (this.#failures > 0) this.#log.info({ failures: this.#failures }, "the sink does its part again");
    this.#failures = 0;
  }

  async #failed(error: unknown): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    if (this.#failures++ === 0)
      this.#log.error({ error: String(error) }, "a sink does not do its part: it is tried again");
    const { firstPauseMs, mostPauseMs } = this.#pace;
    const pause = Math.min(mostPauseMs, firstPauseMs * 2 ** Math.min(this.#failures - 1, 20));
    await wait(pause, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
  }
}
