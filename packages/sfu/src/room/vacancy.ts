import { timerMs } from "../base/timer.ts";

/** How long a room has been empty, and that it ends of that. */
export class Vacancy {
  readonly #over: () => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(over: () => void) {
    this.#over = over;
  }

  /** Its end is `seconds` away when nobody is there; once that has begun, nothing but somebody changes it. */
  look(isEmpty: boolean, seconds: number): void {
    if (!isEmpty) this.stop();
    else this.#timer ??= setTimeout(this.#over, timerMs(seconds)).unref();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
