import type { DataKind } from "./channels.ts";

/** What one participant may send. To many it costs more: a tenth of the messages and bytes that go out. */
const limits = {
  messages: { perSecond: 400, burst: 1200 },
  bytes: { perSecond: 256 * 1024, burst: 1024 * 1024 },
};
/** Messages that wait, beside their bytes. */
const overhead = 256;

export interface IntakeOwner {
  /** Deals with a message; to how many it went. */
  deal(kind: DataKind, data: Buffer): number;
  /** So many bytes wait. */
  hold(bytes: number): void;
}

/**
 * One participant's messages at a bearable pace. Too many reliable ones wait, and their sender is slowed down by SCTP's own
 * flow control: nothing is lost. Too many lossy ones are dropped.
 */
export class Intake {
  readonly #owner: IntakeOwner;
  readonly #waiting: Buffer[] = [];
  #bytes = 0;
  #messages = limits.messages.burst;
  #credit = limits.bytes.burst;
  #at = performance.now();
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(owner: IntakeOwner) {
    this.#owner = owner;
  }

  take(kind: DataKind, data: Buffer): void {
    if (this.#stopped) return;
    if (kind === "lossy") {
      if (this.#may()) this.#deal(kind, data);
      return;
    }
    if (this.#waiting.length === 0 && this.#may()) {
      this.#deal(kind, data);
      return;
    }
    this.#waiting.push(data);
    this.#bytes += data.length + overhead;
    this.#owner.hold(this.#bytes);
    this.#later();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#waiting.length = 0;
  }

  #deal(kind: DataKind, data: Buffer): void {
    const weight = Math.max(1, this.#owner.deal(kind, data) / 10);
    this.#messages -= weight;
    this.#credit -= weight * data.length;
  }

  #may(): boolean {
    const now = performance.now();
    const seconds = (now - this.#at) / 1000;
    this.#at = now;
    this.#messages = Math.min(limits.messages.burst, this.#messages + seconds * limits.messages.perSecond);
    this.#credit = Math.min(limits.bytes.burst, this.#credit + seconds * limits.bytes.perSecond);
    return this.#messages > 0 && this.#credit > 0;
  }

  #later(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#drain();
    }, 20);
    this.#timer.unref();
  }

  #drain(): void {
    let taken = 0;
    for (const data of this.#waiting) {
      if (this.#stopped || !this.#may()) break;
      taken += 1;
      this.#bytes -= data.length + overhead;
      this.#deal("reliable", data);
    }
    if (this.#stopped) return;
    this.#waiting.splice(0, taken);
    if (taken > 0) this.#owner.hold(this.#bytes);
    if (this.#waiting.length > 0) this.#later();
  }
}
