import type { Picture } from "./picture.ts";
import { raster } from "./raster.ts";

const MOST = 40;

/** Drawn words, kept while they are needed: drawing takes some 10 ms, and the words seldom change. */
export class Pictures {
  #drawn = new Map<string, Promise<Picture>>();

  /** The drawing as a picture. The same drawing gives the same picture, to be compared by identity. */
  of(key: string, draw: () => Promise<string>): Promise<Picture> {
    const known = this.#drawn.get(key);
    if (known) {
      this.#drawn.delete(key);
      this.#drawn.set(key, known);
      return known;
    }
    const fresh = draw().then(raster);
    this.#drawn.set(key, fresh);
    fresh.catch(() => this.#drawn.delete(key));
    const oldest = this.#drawn.keys().next().value;
    if (this.#drawn.size > MOST && oldest !== undefined) this.#drawn.delete(oldest);
    return fresh;
  }
}
