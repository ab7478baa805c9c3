const initialMs = 500;
const minMs = 400;
const maxMs = 10_000;
/** A delayed SACK comes up to so much late, ms. */
const sackSlackMs = 220;

/** How long to wait for an acknowledgement, from how long they took (RFC 9260, 6.3.1). */
export class RetransmissionTime {
  #smoothed = 0;
  #variance = 0;
  #out = initialMs;

  /** ms. */
  get out(): number {
    return this.#out;
  }

  /** From sending to hearing of it, ms; of what was sent once only (Karn). */
  measure(ms: number): void {
    if (this.#smoothed === 0) {
      this.#smoothed = ms;
      this.#variance = ms / 2;
    } else {
      this.#variance = 0.75 * this.#variance + 0.25 * Math.abs(this.#smoothed - ms);
      this.#smoothed = 0.875 * this.#smoothed + 0.125 * ms;
    }
    this.#out = Math.min(Math.max(this.#smoothed + Math.max(4 * this.#variance, sackSlackMs), minMs), maxMs);
  }

  /** Nothing was heard in time. */
  backOff(): void {
    this.#out = Math.min(this.#out * 2, maxMs);
  }
}
