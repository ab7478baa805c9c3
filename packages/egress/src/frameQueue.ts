import type { Picture } from "./picture.ts";

/** More than the hold-back holds at 30 frames a second. */
const MOST = 64;

/** One camera's (or screen's) decoded frames with their time of arrival; `null`: from here on there is no picture. */
export class FrameQueue {
  #frames: { at: number; picture: Picture | null }[] = [];

  push(picture: Picture | null, at: number): void {
    this.#frames.push({ at, picture });
    if (this.#frames.length > MOST) this.#frames.shift();
  }

  /** What it shows at `at`, at most `freshMs` old; `undefined`: nothing has arrived by then. Forgets everything older. */
  at(at: number, freshMs = Number.POSITIVE_INFINITY): Picture | null | undefined {
    const index = this.#frames.findLastIndex((frame) => frame.at <= at);
    if (index < 0) return undefined;
    if (index > 0) this.#frames.splice(0, index);
    const frame = this.#frames[0]!;
    return at - frame.at > freshMs ? null : frame.picture;
  }

  /** Forgets everything. */
  clear(): void {
    this.#frames = [];
  }
}
