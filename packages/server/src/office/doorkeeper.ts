import { HouseError } from "../errors.ts";
import { Limiter, NetworkLimiter } from "../http/limiter.ts";
import { type Cost, hashPassword, isPassword, pretendToCompare } from "./passwords.ts";
import { customerOf, Standing } from "./standing.ts";
import { Turns } from "./turns.ts";

/** Somebody who says that this is the password. */
export interface Attempt {
  /** What is stored for that account; `undefined`: there is none, which the time to answer must not tell. */
  stored: string | undefined;
  password: string;
  /** Aborts when whoever asks has gone. */
  gone: AbortSignal;
}

interface DoorkeeperOptions {
  now?: () => number;
  /** What a hash costs. */
  cost?: Cost;
  /** How long the machine is left alone between strangers' attempts while somebody guesses. */
  restMs?: number;
}

const HOUSE = "house";

/**
 * Compares passwords, one at a time. Strangers are counted by the networks they come from, for all accounts and for
 * each; no account is counted as a whole, as strangers could lock it. What bounds guesses at one account from many
 * networks is the pace of the house: one comparison at a time, those networks first that have least waiting and failed
 * least in the last hour, and while many fail a rest before each. Browsers that signed in before go ahead of that and are not counted with it.
 */
export class Doorkeeper {
  readonly #byNetwork: NetworkLimiter;
  readonly #byNetworkAndAccount: NetworkLimiter;
  readonly #house: Limiter;
  readonly #standing: Standing;
  readonly #turns: Turns;
  readonly #cost: Cost | undefined;

  constructor({ now, cost, restMs = 1000 }: DoorkeeperOptions = {}) {
    const clock = now ? { now } : {};
    this.#cost = cost;
    this.#byNetwork = new NetworkLimiter({ burst: 20, everyMs: 5_000, ...clock });
    this.#byNetworkAndAccount = new NetworkLimiter({ burst: 10, everyMs: 30_000, ...clock });
    this.#house = new Limiter({ burst: 60, everyMs: 10_000, ...clock });
    this.#standing = new Standing(clock);
    this.#turns = new Turns({ restMs: () => (this.#house.waitOf(HOUSE) > 0 ? restMs : 0) });
  }

  /** Throws `request.too-many` or `office.busy`. */
  async isStrangersRight(attempt: Attempt, { ip, account }: { ip: string; account: string }): Promise<boolean> {
    this.#byNetwork.mustTake(ip);
    try {
      this.#byNetworkAndAccount.mustTake(ip, account);
    } catch (error) {
      this.#byNetwork.giveBack(ip);
      throw error;
    }
    const giveBack = () => {
      this.#byNetwork.giveBack(ip);
      this.#byNetworkAndAccount.giveBack(ip, account);
    };
    const place = { known: false, rank: this.#standing.of(ip), group: customerOf(ip), gone: attempt.gone };
    const end = this.#standing.come(ip);
    try {
      const right = await this.#turns.take(place, () => this.#compare(attempt));
      if (right) giveBack();
      else this.#house.take(HOUSE);
      end(right ? "not failed" : "failed");
      return right;
    } catch (error) {
      end("not failed");
      // It was not begun, so nothing was guessed.
      if (error instanceof HouseError) giveBack();
      throw error;
    }
  }

  /** From a browser that signed in before and has failed so many times since. Throws `office.busy`. */
  isKnownRight(attempt: Attempt, failures: number): Promise<boolean> {
    return this.#turns.take({ known: true, rank: failures, gone: attempt.gone }, () => this.#compare(attempt));
  }

  /** What to store of a new password, for somebody whose right to set one was proven. Throws `office.busy`. */
  hash(password: string, gone: AbortSignal): Promise<string> {
    return this.#turns.take({ known: true, rank: 0, gone }, () => hashPassword(password, this.#cost));
  }

  #compare({ password, stored }: Attempt): Promise<boolean> {
    return stored === undefined ? pretendToCompare(password, this.#cost) : isPassword(password, stored);
  }
}
