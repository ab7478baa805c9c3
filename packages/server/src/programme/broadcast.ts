import type { MeetingEvent, MeetingState } from "@raadhuis/meeting";
import type { EgressStatus, ProgrammeOrder } from "@raadhuis/protocol/children";
import type { Log } from "../log.ts";
import { type EgressAddress, putOrder } from "./putOrder.ts";
import { type Shown, shownAfter } from "./shown.ts";
import { type Claim, claimOf, type Standing } from "./wanted.ts";

/** An order that did not arrive is put again after this: it may be the one that takes the chamber off the air. */
const AGAIN_MS = 250;

export interface BroadcastOptions {
  shown: Shown;
  over: boolean;
  /** An egress before this process began it: the public may have something of it. */
  begun: boolean;
  /** Where one runs already. */
  egress?: EgressAddress | undefined;
  orderFor(shown: Shown, wanted: boolean): Promise<ProgrammeOrder | undefined>;
  /** The egress answered, or stopped answering. */
  onStatus(broadcast: Broadcast): void;
  log: Log;
}

/** One public meeting's broadcast: what it shows, whether it is wanted, and the egress that makes it. */
export class Broadcast {
  /** All of it is released; the egress has nothing more to do. */
  over: boolean;
  /** `undefined` until it is known: nothing is ordered before, as an egress may run that would hear that it is not wanted. */
  standing: Standing | undefined;
  wantedSince = 0;
  /** The last answer of the egress; undefined when it does not answer. */
  status: EgressStatus | undefined;
  readonly #options: BroadcastOptions;
  #shown: Shown;
  /** Where it is not wanted any more, an egress takes back what the public has. */
  #begun: boolean;
  #egress: EgressAddress | undefined;
  #putting: Promise<void> | undefined;
  readonly #stopped = new AbortController();
  #again: NodeJS.Timeout | "now" | undefined;

  constructor(options: BroadcastOptions) {
    this.#options = options;
    this.#shown = options.shown;
    this.over = options.over;
    this.#begun = options.begun;
    this.#egress = options.egress;
  }

  get state(): MeetingState {
    return this.#shown.state;
  }

  get needsEgress(): boolean {
    return !this.over && (this.standing === "wanted" || this.#begun);
  }

  claim(now: number): Claim {
    return claimOf(this.#shown.state, this.#shown.conductedUntil, now);
  }

  /** Its claim is met, or not. @returns whether that is new */
  stand(standing: Standing, now: number): boolean {
    const before = this.standing ?? "unwanted";
    this.standing = standing;
    if (standing === before) return false;
    if (standing === "wanted") {
      this.#begun = true;
      this.wantedSince = now;
    }
    this.put();
    return true;
  }

  /** Whether the egress is known to run. */
  get reachable(): boolean {
    return this.#egress !== undefined;
  }

  /** `states`: the state after each of the events. */
  follow(events: readonly MeetingEvent[], states: readonly MeetingState[]): void {
    events.forEach((event, index) => {
      const state = states[index];
      if (state) this.#shown = shownAfter(this.#shown, state, event);
    });
    this.put();
  }

  ready(egress: EgressAddress): void {
    this.#egress = egress;
    this.put();
  }

  gone(): void {
    this.#egress = undefined;
    this.status = undefined;
  }

  /** Orders the present programme of the egress: now, or as soon as the order under way is answered. */
  put(): void {
    if (this.#putting) {
      this.#again = "now";
      return;
    }
    if (typeof this.#again === "object") clearTimeout(this.#again);
    this.#again = undefined;
    if (this.#egress === undefined || this.standing === undefined || this.#stopped.signal.aborted) return;
    this.#putting = this.#send(this.#egress).finally(() => {
      this.#putting = undefined;
      if (this.#again === "now") this.put();
    });
  }

  /** For good. Resolves when no order is under way any more. */
  async stop(): Promise<void> {
    this.#egress = undefined;
    if (typeof this.#again === "object") clearTimeout(this.#again);
    this.#again = undefined;
    this.#stopped.abort();
    await this.#putting;
  }

  async #send(egress: EgressAddress): Promise<void> {
    const { orderFor, onStatus, log } = this.#options;
    try {
      const order = await orderFor(this.#shown, this.standing === "wanted");
      if (!order) return;
      const status = await putOrder(egress, order, this.#stopped.signal);
      // Another one has come meanwhile, or none is there: the old one has nothing to say any more.
      if (this.#egress !== egress) return;
      this.status = status;
      if (status.state === "givenUp" && this.standing !== "wanted") this.#begun = false;
    } catch (error) {
      if (this.#egress !== egress) return;
      if (this.status) log.warn({ reason: error instanceof Error ? error.message : "unknown" }, "order not taken");
      this.status = undefined;
      if (this.#again === undefined) this.#again = setTimeout(() => this.put(), AGAIN_MS);
    }
    onStatus(this);
  }
}
