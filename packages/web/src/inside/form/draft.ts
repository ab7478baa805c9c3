import type { z } from "zod";

/** A browser's storage of one tab. */
export type Drawer = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const PREFIX = "raadhuis.draft.";

/**
 * What was typed and is not sent yet: kept in this tab through a reload and a way back, and gone with the tab. Whoever
 * keeps a draft leaves secrets out of it, and has in its key whose it is: another person at the same tab is not shown it.
 */
export class Drafts {
  readonly #drawer: () => Drawer;

  constructor(drawer: () => Drawer = () => sessionStorage) {
    this.#drawer = drawer;
  }

  /** `null`: there is none, or none of this shape. */
  read<Value>(key: string, shape: z.ZodType<Value>): Value | null {
    const text = this.#try((drawer) => drawer.getItem(PREFIX + key)) ?? null;
    if (text === null) return null;
    const parsed = shape.safeParse(this.#try(() => JSON.parse(text)));
    return parsed.success ? parsed.data : null;
  }

  /** Where the browser keeps nothing, or not so much, nothing is kept. */
  write(key: string, value: unknown): void {
    this.#try((drawer) => drawer.setItem(PREFIX + key, JSON.stringify(value)));
  }

  forget(key: string): void {
    this.#try((drawer) => drawer.removeItem(PREFIX + key));
  }

  /** Whoever signs out leaves nothing behind. */
  forgetAll(): void {
    this.#try((drawer) => {
      const keys = Array.from({ length: drawer.length }, (_, index) => drawer.key(index));
      for (const key of keys) if (key?.startsWith(PREFIX)) drawer.removeItem(key);
    });
  }

  #try<T>(act: (drawer: Drawer) => T): T | undefined {
    try {
      return act(this.#drawer());
    } catch {
      return undefined;
    }
  }
}

export const drafts = new Drafts();
