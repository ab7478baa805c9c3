import { type PartName, type ReleasedState, wholeState } from "@raadhuis/protocol/public";

/** Makes states whole by parts. A part never changes: what was fetched once is asked for no more while a state names it. */
export class Parts {
  readonly #fetch: (name: PartName) => Promise<unknown>;
  #known = new Map<PartName, Promise<unknown>>();

  constructor(fetch: (name: PartName) => Promise<unknown>) {
    this.#fetch = fetch;
  }

  /** Rejects where a part cannot be had: it was replaced since, or the line is bad. */
  async whole(state: ReleasedState): Promise<ReleasedState> {
    const named = new Map<PartName, Promise<unknown>>();
    const whole = await wholeState(state, (name) => {
      const part = this.#known.get(name) ?? this.#asked(name);
      named.set(name, part);
      return part;
    });
    this.#known = named;
    return whole;
  }

  #asked(name: PartName): Promise<unknown> {
    const part = this.#fetch(name);
    this.#known.set(name, part);
    part.catch(() => {
      if (this.#known.get(name) === part) this.#known.delete(name);
    });
    return part;
  }
}
