import type { DecodedFrame } from "./decoded.ts";
import type { Picture } from "./picture.ts";

/** What a camera brings during the hold-back, at 30 frames a second of 720p. More is thinned out, larger pictures sooner. */
const MOST_FRAMES = 40;
const MOST_BYTES = 48 * 1024 * 1024;

type Frame = Pick<DecodedFrame, "bytes" | "picture" | "release">;

/** One camera's (or screen's) decoded frames with their time of arrival; `null`: from here on there is no picture. */
export class FrameQueue {
  #frames: { at: number; frame: Frame | null }[] = [];

  /** Takes the frame over: it is let go here. */
  push(frame: Frame | null, at: number): void {
    // No picture after no picture says nothing new; of a camera that nobody looks at, such marks would stay for good.
    if (frame === null && this.#frames.at(-1)?.frame === null) return;
    this.#frames.push({ at, frame });
    if (this.#frames.length > MOST_FRAMES || this.#bytes > MOST_BYTES) this.#thin();
  }

  /** What it shows at `at`, at most `freshMs` old; `undefined`: nothing has arrived by then. Forgets everything older. */
  at(at: number, freshMs = Number.POSITIVE_INFINITY): Picture | null | undefined {
    const index = this.#frames.findLastIndex((frame) => frame.at <= at);
    if (index < 0) return undefined;
    if (index > 0) for (const { frame } of this.#frames.splice(0, index)) frame?.release();
    const shown = this.#frames[0]!;
    return at - shown.at > freshMs ? null : (shown.frame?.picture ?? null);
  }

  /** Whether anything has arrived by then. */
  hasAt(at: number): boolean {
    const first = this.#frames[0];
    return first !== undefined && first.at <= at;
  }

  /** Whether there is a picture at `at`. Forgets nothing. */
  showsAt(at: number): boolean {
    return this.#frames.findLast((frame) => frame.at <= at)?.frame != null;
  }

  /** Forgets everything. */
  clear(): void {
    for (const { frame } of this.#frames) frame?.release();
    this.#frames = [];
  }

  get #bytes(): number {
    return this.#frames.reduce((sum, { frame }) => sum + (frame?.bytes ?? 0), 0);
  }

  /** Every other one goes, so that no moment is without a picture; the first is perhaps shown, the last the newest. */
  #thin(): void {
    const last = this.#frames.length - 1;
    this.#frames = this.#frames.filter(({ frame }, index) => {
      const stays = frame === null || index % 2 === 0 || index === last;
      if (!stays) frame.release();
      return stays;
    });
  }
}
