import { type Network, networksOf } from "../http/networks.ts";

/** An hour after its last failure a network is as any other. */
const REMEMBERED_MS = 3600_000;
/** More than the pace of the house lets fail in that hour, each in four networks: none can be pushed out before its time. */
const MOST_NETWORKS = 20_000;

interface Failed {
  times: number;
  last: number;
}

/**
 * How the networks that strangers come from stand: what they have waiting, and how often they failed lately. Unlike what
 * a limiter lets through, a failure weighs as long as it is remembered, and an attempt as long as it waits.
 */
export class Standing {
  readonly #now: () => number;
  readonly #waiting = new Map<string, number>();
  /** In order of the last failure. */
  readonly #failed = new Map<string, Failed>();

  constructor({ now = () => performance.now() }: { now?: () => number } = {}) {
    this.#now = now;
  }

  /**
   * 0 for a network of which nothing waits and nothing failed; others stand the higher, the more did, shared over the
   * size of the network. A provider's network moves it by less than any other: it decides among equals.
   */
  of(ip: string): number {
    const networks = networksOf(ip);
    const own = networks.filter(({ neverShut }) => !neverShut).map((one) => this.#count(one) / one.allowance);
    const ofProvider = networks.filter(({ neverShut }) => neverShut).map((one) => this.#count(one));
    const [provider = 0] = ofProvider;
    return Math.max(...own) + provider / (provider + 64) / 8;
  }

  /** An attempt from there begins to wait; what is given is called once, when it ends. */
  come(ip: string): (outcome: "failed" | "not failed") => void {
    const names = networksOf(ip).map(({ name }) => name);
    for (const name of names) this.#waiting.set(name, (this.#waiting.get(name) ?? 0) + 1);
    return (outcome) => {
      for (const name of names) {
        const others = (this.#waiting.get(name) ?? 0) - 1;
        if (others > 0) this.#waiting.set(name, others);
        else this.#waiting.delete(name);
        if (outcome === "failed") this.#fail(name);
      }
    };
  }

  #count({ name }: Network): number {
    return (this.#waiting.get(name) ?? 0) + (this.#rememberedOf(name)?.times ?? 0);
  }

  #rememberedOf(name: string): Failed | undefined {
    const failed = this.#failed.get(name);
    return failed && this.#now() - failed.last < REMEMBERED_MS ? failed : undefined;
  }

  #fail(name: string): void {
    const times = (this.#rememberedOf(name)?.times ?? 0) + 1;
    this.#failed.delete(name);
    this.#failed.set(name, { times, last: this.#now() });
    for (const [oldest] of this.#failed) {
      if (this.#failed.size <= MOST_NETWORKS && this.#rememberedOf(oldest)) return;
      this.#failed.delete(oldest);
    }
  }
}

/** Whose places are counted together: a customer's network, /48 or /24. */
export const customerOf = (ip: string): string =>
  networksOf(ip)
    .filter(({ neverShut }) => !neverShut)
    .at(-1)?.name ?? ip;
