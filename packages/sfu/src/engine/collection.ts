import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How long after a connection's end the engine's part of it is freed at the latest, ms; and how seldom V8 is asked to look. */
const patienceMs = 5000;
/** The engine frees what V8 has let go of in later turns of the event loop, ms. */
const freedWithinMs = 1000;

/**
 * A stopped transport is freed when V8 collects what refers to it. V8 sees some hundred bytes there and not the half megabyte
 * behind them, and would let thousands stand. So it is asked to look: once for all connections that ended within five
 * seconds. It costs the signalling tens of milliseconds, and packets nothing: they have threads of their own.
 *
 * What was freed then goes back to the system. malloc would keep it, as holes between what is still in use, and after a burst
 * of visitors the process would stay as large as it was at its height.
 */
export class Collection {
  readonly #collect: () => unknown;
  readonly #trim: () => unknown;
  readonly #patience: number;
  #timer: NodeJS.Timeout | null = null;

  constructor({
    collect = collector(),
    trim = trimMemory,
    patience = patienceMs,
  }: { collect?: () => unknown; trim?: () => unknown; patience?: number } = {}) {
    this.#collect = collect;
    this.#trim = trim;
    this.#patience = patience;
  }

  /** Something that V8 takes for small is no longer referred to. */
  due(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#collect();
      setTimeout(this.#trim, freedWithinMs).unref();
    }, this.#patience).unref();
  }
}

function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}

/** In a thread of its own, some 10 ms for 50 MB; see install/patches, trim-memory. */
export const trimMemory = (): Promise<void> =>
  new Promise((resolve) => {
    const native: { MediaServer: { TrimMemory(done: () => void): void } } = createRequire(import.meta.url)(
      "medooze-media-server/lib/Native.js",
    );
    native.MediaServer.TrimMemory(resolve);
  });

/** The one of this process, as there is one heap. */
export const collection = new Collection();
