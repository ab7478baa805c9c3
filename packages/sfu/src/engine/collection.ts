import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How long after a connection's end the engine's part of it is freed at the latest, ms; and how seldom V8 is asked to look. */
const patienceMs = 5000;

/**
 * A stopped transport is freed when V8 collects what refers to it. V8 sees some hundred bytes there and not the half megabyte
 * behind them, and would let thousands stand. So it is asked to look: once for all connections that ended within five
 * seconds. It costs the signalling tens of milliseconds, and packets nothing: they have threads of their own.
 */
export class Collection {
  readonly #collect: () => void;
  readonly #patience: number;
  #timer: NodeJS.Timeout | null = null;

  constructor(collect = collector(), patience = patienceMs) {
    this.#collect = collect;
    this.#patience = patience;
  }

  /** Something that V8 takes for small is no longer referred to. */
  due(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#collect();
    }, this.#patience).unref();
  }
}

function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}

/** The one of this process, as there is one heap. */
export const collection = new Collection();
