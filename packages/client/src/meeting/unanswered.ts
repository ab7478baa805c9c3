import type { ClientMessage } from "@raadhuis/protocol/socket";

export type Answer = { ok: true } | { ok: false; code: string };

/** A command that is not answered by then, ms, is shown to wait. */
const SLOW_MS = 3_000;
/**
 * Nor by then: it is given back to whoever gave it, and not repeated any more. The meeting has gone on meanwhile, and
 * what was meant for then must not happen minutes later.
 */
export const GIVE_BACK_MS = 20_000;

interface Waiting {
  message: ClientMessage;
  answer(result: Answer): void;
  slow: boolean;
  timers: ReturnType<typeof setTimeout>[];
}

/** Commands that were given and are not answered yet. */
export class Unanswered {
  readonly #waiting = new Map<string, Waiting>();
  readonly #changed: () => void;

  /** `changed`: called when one begins to be slow, or is slow no more. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  add(id: string, message: ClientMessage): Promise<Answer> {
    return new Promise((answer) => {
      const waiting: Waiting = { message, answer, slow: false, timers: [] };
      waiting.timers = [
        setTimeout(() => {
          waiting.slow = true;
          this.#changed();
        }, SLOW_MS),
        setTimeout(() => this.answer(id, { ok: false, code: "command.unanswered" }), GIVE_BACK_MS),
      ];
      this.#waiting.set(id, waiting);
    });
  }

  answer(id: string, result: Answer): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    for (const timer of waiting.timers) clearTimeout(timer);
    waiting.answer(result);
    if (waiting.slow) this.#changed();
  }

  answerAll(result: Answer): void {
    for (const id of [...this.#waiting.keys()]) this.answer(id, result);
  }

  messages(): ClientMessage[] {
    return [...this.#waiting.values()].map(({ message }) => message);
  }

  /** Whoever gave one of them has waited long enough to wonder. */
  get slow(): boolean {
    return [...this.#waiting.values()].some(({ slow }) => slow);
  }
}
