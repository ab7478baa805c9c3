import { houseError } from "../errors.ts";
import { Budgets } from "./budgets.ts";
import { networkOf } from "./networks.ts";

/** What came in: messages of any kind (pings among them), and bytes as the connection brought them. */
export interface Cost {
  messages?: number;
  bytes?: number;
}

export interface Verdict {
  /** How long nothing more is to be read, ms. */
  waitMs: number;
  /** It went on too long, or by too much: whoever sends so is put out. */
  over: boolean;
}

export type Spend = (cost: Cost) => Verdict;

const KiB = 1024;
const MiB = 1024 * KiB;

/**
 * Of one seat or clerk in one meeting, over all their pages. A page says some messages when it comes and one at each
 * click; each command may be written down for ever.
 */
const own = { messages: { burst: 100, perSecond: 5 }, bytes: { burst: MiB, perSecond: 64 * KiB } };
/** Of one network: a whole council behind one address that comes back at the same moment is far below this. */
const network = { messages: { burst: 5_000, perSecond: 200 }, bytes: { burst: 32 * MiB, perSecond: 2 * MiB } };

/** A page that opens costs a look at its session and the whole state of its meeting. */
const OPENING = 3;
/** Whoever owes more than this, or time and again for longer than this, does not mean well. */
const MAX_DEBT_MS = 10_000;
const MAX_OVERDRAWN_MS = 30_000;
/** Others of the same network did not send it: they are slowed, and never put out for it. */
const MAX_NETWORK_PAUSE_MS = 2_000;

/** What the meetings' sockets may send, together and each. */
export class Allowance {
  readonly #own: { messages: Budgets; bytes: Budgets };
  readonly #network: { messages: Budgets; bytes: Budgets };

  constructor(now?: () => number) {
    this.#own = { messages: new Budgets(own.messages, now), bytes: new Budgets(own.bytes, now) };
    this.#network = { messages: new Budgets(network.messages, now), bytes: new Budgets(network.bytes, now) };
  }

  /** For a socket that opens. Throws `request.too-many`, with the time to wait, while its owner owes something. */
  enter(owner: string, ip: string): Spend {
    const place = networkOf(ip);
    const spend: Spend = ({ messages = 0, bytes = 0 }) => {
      const mine = [this.#own.messages.spend(owner, messages), this.#own.bytes.spend(owner, bytes)];
      const ours = [
        this.#network.messages.take(place, messages, MAX_NETWORK_PAUSE_MS),
        this.#network.bytes.take(place, bytes, MAX_NETWORK_PAUSE_MS),
      ];
      return {
        waitMs: Math.max(
          ...mine.map(({ waitMs }) => waitMs),
          ...ours.map(({ waitMs }) => Math.min(waitMs, MAX_NETWORK_PAUSE_MS)),
        ),
        over: mine.some(({ waitMs, forMs }) => waitMs > MAX_DEBT_MS || forMs > MAX_OVERDRAWN_MS),
      };
    };
    const owed = [this.#own.messages, this.#own.bytes].map((budgets) => budgets.spend(owner, 0).waitMs);
    const retryAfterMs = Math.max(...owed);
    if (retryAfterMs > 0) throw houseError("request.too-many", { retryAfterMs });
    spend({ messages: OPENING });
    return spend;
  }
}
