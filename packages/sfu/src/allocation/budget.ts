import { type Room, unlimited } from "./allocate.ts";

/** What of the path was asked for and what goes over it, bit/s of video; as of the last allocation. */
export interface Use {
  spent: number;
  /** Needed for the smallest raise; `spent` where nothing is left to raise. */
  next: number;
  full: number;
  /** How many pictures were left out. */
  paused: number;
}

/**
 * The estimate falls to this share of what arrived when a queue began to fill, so what is sent already may go on up to
 * estimate / reserve; more is sent only within it.
 */
const reserve = 0.85;
/** An estimate this much below what is sent is a full path even when it was seen so shortly. */
const farBelow = 0.7;
const farBelowMs = 500;
/** And this is one at first sight. */
const hopelessly = 0.5;
const belowMs = 3000;
/** Room for all that is wanted, for so long, ends the limit. */
const easeMs = 6000;
/** Pictures are taken away only when the lowest qualities did not fit for so long. */
const pauseMs = 4000;
const probeMs = 3000;
const shortestPauseMs = 6000;
const longestPauseMs = 60_000;
/** A raise that had to be taken back within this was one too many. */
const trialMs = 6000;

/**
 * How much video one subscriber's path carries. As long as nothing speaks against it, all that is wanted is sent; from
 * the first full queue on, the engine's estimate limits it, and is tried from time to time by probing, the more seldom
 * the more often that failed. Times in ms.
 */
export class Budget {
  #estimate: number | null = null;
  #use: Use = { spent: 0, next: 0, full: 0, paused: 0 };
  #limited = false;
  #belowSince: number | null = null;
  #farBelowSince: number | null = null;
  #isHopeless = false;
  #easySince: number | null = null;
  #tightSince: number | null = null;
  #pausing = false;
  #raisedAt = Number.NEGATIVE_INFINITY;
  #wait = shortestPauseMs;
  #waitUntil = 0;
  #movedAt = Number.NEGATIVE_INFINITY;
  #probe: { until: number; from: number } | null = null;

  /** bit/s; `null`: not known yet. */
  get estimate(): number | null {
    return this.#estimate;
  }

  /** Less may be sent than is wanted. */
  get isLimited(): boolean {
    return this.#limited;
  }

  /** The engine's estimate, bit/s, whenever it has a new one. */
  estimated(bitrate: number, now: number): void {
    this.#estimate = bitrate;
    const { spent } = this.#use;
    this.#belowSince = bitrate < spent * 0.9 ? (this.#belowSince ?? now) : null;
    this.#farBelowSince = bitrate < spent * farBelow ? (this.#farBelowSince ?? now) : null;
    this.#isHopeless = bitrate < spent * hopelessly;
    if (this.#probe && bitrate < this.#probe.from * 0.9) this.#failed(now);
  }

  /** How much may be sent now. */
  room(now: number): Room {
    if (!this.#limited && this.#isFull(now)) this.#begin(now);
    if (!this.#limited || this.#estimate === null) return unlimited;
    const raise = now < this.#waitUntil ? 0 : this.#estimate * 0.95;
    return { keep: this.#estimate / reserve, raise, spareLowest: !this.#pausing };
  }

  /** What was made of that room. */
  used(use: Use, now: number): void {
    const before = this.#use.spent;
    this.#use = use;
    if (!this.#limited || this.#estimate === null) return;
    // Bitrates of what is sent waver; a raise or a fall is a whole quality.
    if (use.spent > before * 1.25) this.#raised(now);
    else if (use.spent < before * 0.8 && now < this.#raisedAt + trialMs) this.#failed(now);
    else if (Number.isFinite(this.#raisedAt) && now >= this.#raisedAt + trialMs) this.#stood();

    this.#tightSince = use.spent > this.#estimate / reserve ? (this.#tightSince ?? now) : null;
    if (this.#tightSince !== null && now >= this.#tightSince + pauseMs) this.#pausing = true;
    else if (use.paused === 0) this.#pausing = false;
    this.#easySince = use.spent >= use.full && this.#estimate > use.spent ? (this.#easySince ?? now) : null;
    if (this.#easySince !== null && now >= this.#easySince + easeMs) this.#end();
  }

  /** bit/s of video up to which padding is to be sent now, to find out whether there is room for more; `null`: none. */
  probe(now: number): number | null {
    const { spent, next } = this.#use;
    if (!this.#limited || this.#estimate === null || next <= spent) {
      this.#probe = null;
      return null;
    }
    if (this.#probe && now >= this.#probe.until) this.#failed(now);
    if (this.#probe === null && now >= this.#waitUntil && this.#estimate * 0.95 < next)
      this.#probe = { until: now + probeMs, from: this.#estimate };
    return this.#probe ? next / 0.9 : null;
  }

  /**
   * The path may be another, or the same: clients restart ICE also when only their socket was lost. So what is sent goes
   * on, and what did not fit is tried now, whatever had become of trying it before.
   */
  moved(now: number): void {
    if (!this.#limited || now < this.#movedAt + shortestPauseMs) return;
    this.#movedAt = now;
    this.#wait = shortestPauseMs;
    this.#waitUntil = now;
    this.#raisedAt = Number.NEGATIVE_INFINITY;
    this.#probe = null;
  }

  /** Another path: what was known of the one before says nothing. */
  forget(): void {
    this.#estimate = null;
    this.#end();
  }

  #isFull(now: number): boolean {
    const since = (start: number | null, ms: number) => start !== null && now >= start + ms;
    return this.#isHopeless || since(this.#belowSince, belowMs) || since(this.#farBelowSince, farBelowMs);
  }

  #begin(now: number): void {
    this.#limited = true;
    this.#wait = shortestPauseMs;
    this.#waitUntil = now + shortestPauseMs;
    this.#raisedAt = Number.NEGATIVE_INFINITY;
  }

  #raised(now: number): void {
    this.#raisedAt = now;
    this.#probe = null;
  }

  #stood(): void {
    this.#raisedAt = Number.NEGATIVE_INFINITY;
    this.#wait = shortestPauseMs;
  }

  #failed(now: number): void {
    this.#probe = null;
    this.#raisedAt = Number.NEGATIVE_INFINITY;
    this.#waitUntil = now + this.#wait;
    this.#wait = Math.min(longestPauseMs, this.#wait * 2);
  }

  #end(): void {
    this.#limited = false;
    this.#pausing = false;
    this.#probe = null;
    this.#isHopeless = false;
    this.#belowSince = this.#farBelowSince = this.#easySince = this.#tightSince = null;
  }
}
