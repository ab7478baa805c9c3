import { sizeOf } from "../files.ts";
import type { PublicFile, Sink } from "./sink.ts";

/** A sink that takes less than this, bytes a second, is taken to hang. */
const LEAST_PACE = 50_000;

/** A sink that is not waited for without end: not when it hangs, and not when the broadcast is stopped. */
export class Patient implements Sink {
  readonly name: string;
  readonly #sink: Sink;
  readonly #patienceMs: number;
  readonly #stopped: AbortSignal;

  constructor(sink: Sink, patienceMs: number, stopped: AbortSignal) {
    this.name = sink.name;
    this.#sink = sink;
    this.#patienceMs = patienceMs;
    this.#stopped = stopped;
  }

  names(): Promise<string[]> {
    return this.#within(this.#patienceMs, (signal) => this.#sink.names(signal));
  }

  async put(file: PublicFile): Promise<void> {
    const { content } = file;
    const bytes = typeof content === "string" ? content.length : ((await sizeOf(content.path)) ?? 0);
    await this.#within(this.#patienceMs + (bytes * 1000) / LEAST_PACE, (signal) => this.#sink.put(file, signal));
  }

  remove(name: string): Promise<void> {
    return this.#within(this.#patienceMs, (signal) => this.#sink.remove(name, signal));
  }

  /** Whatever the sink makes of the signal. */
  async #within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const signal = AbortSignal.any([this.#stopped, AbortSignal.timeout(Math.ceil(ms))]);
    signal.throwIfAborted();
    const { promise, reject } = Promise.withResolvers<never>();
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    return Promise.race([work(signal), promise]);
  }
}
