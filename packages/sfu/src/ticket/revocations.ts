import { z } from "zod";
import type { Ticket } from "./ticket.ts";

/** What was taken back: tickets of `key` (a room, or somebody in it) from before this time, s. Times to forget in ms. */
export const Revocation = z.object({ key: z.string(), before: z.number(), forget: z.number() });
export type Revocation = z.infer<typeof Revocation>;

/** How long it is remembered that tickets were taken back, ms: longer than any lasts. */
const rememberMs = 24 * 3600 * 1000;

const keyOf = (room: string, identity?: string): string =>
  JSON.stringify(identity === undefined ? [room] : [room, identity]);

/** Which tickets no longer open anything. What is taken back stays so, whatever is said of an earlier time afterwards. */
export class Revocations {
  readonly #known = new Map<string, Revocation>();

  /** Takes back the tickets of a room made before a time, s since 1970; those of one person, where an identity is given. */
  takeBack(before: number, room: string, identity?: string): Revocation {
    const revocation = { key: keyOf(room, identity), before, forget: Date.now() + rememberMs };
    this.learn([revocation]);
    return revocation;
  }

  /** What was taken back by another process. */
  learn(revocations: readonly Revocation[]): void {
    this.#forget();
    for (const one of revocations) {
      const known = this.#known.get(one.key);
      if (known === undefined || known.before <= one.before) this.#known.set(one.key, one);
    }
  }

  covers({ room, identity, notBefore }: Ticket): boolean {
    return [keyOf(room), keyOf(room, identity)].some((key) => notBefore < (this.#known.get(key)?.before ?? 0));
  }

  /** All there is, for other processes to know. */
  list(): Revocation[] {
    this.#forget();
    return [...this.#known.values()];
  }

  #forget(): void {
    const now = Date.now();
    for (const [key, { forget }] of this.#known) if (forget < now) this.#known.delete(key);
  }
}
