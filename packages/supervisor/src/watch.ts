import { readFileSync } from "node:fs";

/** A child is asked so often, ms. */
const BEAT_MS = 3000;
/**
 * It hangs when it has left so many beats in succession without an answer. The longest piece of work in any event loop
 * takes a second of a core; a machine with a load of fifteen for each core makes fifteen seconds of that, and this is
 * three times as long. Beats are counted, not time: of a suspended machine neither side has had any.
 */
const BEATS = 15;

export interface WatchOptions {
  pid: number;
  beatMs?: number | undefined;
  ask: () => void;
  /** Once. */
  hangs: () => void;
}

/** Watches over one process by its answers: one whose event loop is blocked dies of nothing, and would stay for good. */
export class Watch {
  readonly #options: WatchOptions;
  readonly #timer: NodeJS.Timeout;
  #unanswered = 0;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#beat(), options.beatMs ?? BEAT_MS);
  }

  answered(): void {
    this.#unanswered = 0;
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    const { pid, ask, hangs } = this.#options;
    if (this.#unanswered < BEATS) {
      this.#unanswered++;
      ask();
    } else if (isHeld(pid)) {
      this.#unanswered = 0;
    } else {
      this.end();
      hangs();
    }
  }
}

/** Somebody holds it on purpose, by SIGSTOP or with a debugger; or a disk does, which another one would wait for as well. */
function isHeld(pid: number): boolean {
  try {
    // The state follows the program's name, which may hold anything: proc_pid_stat(5).
    return /^ [TtD]/.test(readFileSync(`/proc/${pid}/stat`, "utf8").split(")").at(-1) ?? "");
  } catch {
    return false;
  }
}
