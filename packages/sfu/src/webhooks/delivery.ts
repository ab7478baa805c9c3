import { createHash } from "node:crypto";
import type { WebhookEvent } from "@livekit/protocol";
import { AccessToken } from "livekit-server-sdk";
import { counts } from "../base/counts.ts";
import type { Log } from "../base/log.ts";
import type { ApiKey } from "../ticket/ticket.ts";

export interface DeliveryLimits {
  /** Waiting events of one room, and of all. What comes on top is dropped, and counted in the next that is sent. */
  perRoom: number;
  inAll: number;
  /** Requests at a time. */
  atOnce: number;
  /** How long an answer may take, ms. */
  answerMs: number;
  /** Pauses before the next attempt, ms; the last one again and again. */
  pausesMs: readonly number[];
  /** An event that is older than this, ms, is not tried again. */
  giveUpMs: number;
}

const limits: DeliveryLimits = {
  perRoom: 200,
  inAll: 5000,
  atOnce: 16,
  answerMs: 10_000,
  pausesMs: [1000, 2000, 4000, 8000, 16_000, 30_000],
  giveUpMs: 300_000,
};

interface Waiting {
  event: WebhookEvent;
  since: number;
  attempts: number;
}

interface Queue {
  waiting: Waiting[];
  dropped: number;
}

/**
 * Posts events to one address: those of a room one after another, each until it is taken or too old; rooms beside each
 * other. An answer above 499, 408, 429 or none means "again"; any other above 299 is final, and no redirect is followed.
 * What waits is lost with the process.
 */
export class Delivery {
  readonly #url: string;
  readonly #key: ApiKey;
  readonly #log: Log;
  readonly #limits: DeliveryLimits;
  readonly #queues = new Map<string, Queue>();
  /** Rooms whose first event may be posted now. */
  readonly #ready: string[] = [];
  #posting = 0;
  #waiting = 0;

  constructor(url: string, key: ApiKey, log: Log, changed: Partial<DeliveryLimits> = {}) {
    this.#url = url;
    this.#key = key;
    this.#log = log;
    this.#limits = { ...limits, ...changed };
  }

  send(room: string, event: WebhookEvent): void {
    const queue = this.#queues.get(room) ?? { waiting: [], dropped: 0 };
    if (queue.waiting.length >= this.#limits.perRoom || this.#waiting >= this.#limits.inAll) {
      counts.webhooksDropped += 1;
      if (queue.dropped++ === 0) this.#log.warn({ room, event: event.event }, "webhook.dropped");
      return;
    }
    this.#queues.set(room, queue);
    this.#waiting += 1;
    if (queue.waiting.push({ event, since: Date.now(), attempts: 0 }) > 1) return;
    this.#ready.push(room);
    this.#next();
  }

  #next(): void {
    while (this.#posting < this.#limits.atOnce) {
      const room = this.#ready.shift();
      if (room === undefined) return;
      this.#posting += 1;
      this.#deliverFirst(room).finally(() => {
        this.#posting -= 1;
        this.#next();
      });
    }
  }

  async #deliverFirst(room: string): Promise<void> {
    const queue = this.#queues.get(room);
    const first = queue?.waiting[0];
    if (!queue || !first) return;
    first.event.numDropped = queue.dropped;
    const outcome = await this.#post(first.event);
    first.attempts += 1;
    const { pausesMs, giveUpMs } = this.#limits;
    const pause = pausesMs[Math.min(first.attempts, pausesMs.length) - 1] ?? 0;
    if (outcome.again && Date.now() + pause - first.since <= giveUpMs) {
      setTimeout(() => {
        this.#ready.push(room);
        this.#next();
      }, pause).unref();
      return;
    }
    const { event, id } = first.event;
    if (outcome.taken) {
      queue.dropped -= first.event.numDropped;
      counts.webhooksTaken += 1;
    } else {
      counts.webhooksDropped += 1;
      queue.dropped += 1;
      this.#log.warn({ room, event, id, why: outcome.why, attempts: first.attempts }, "webhook.failed");
    }
    queue.waiting.shift();
    this.#waiting -= 1;
    if (queue.waiting.length > 0) this.#ready.push(room);
    else this.#queues.delete(room);
  }

  async #post(event: WebhookEvent): Promise<{ taken: boolean; again: boolean; why: string }> {
    try {
      const body = event.toJsonString();
      const response = await fetch(this.#url, {
        method: "POST",
        body,
        headers: { authorization: await signature(body, this.#key), "content-type": "application/webhook+json" },
        redirect: "manual",
        signal: AbortSignal.timeout(this.#limits.answerMs),
      });
      await response.body?.cancel();
      const { status, ok } = response;
      return { taken: ok, again: status >= 500 || status === 408 || status === 429, why: `status ${status}` };
    } catch (error) {
      return { taken: false, again: true, why: causeOf(error) };
    }
  }
}

/** LiveKit's: a ticket that holds the hash of what it comes with. */
function signature(body: string, { key, secret }: ApiKey): Promise<string> {
  const token = new AccessToken(key, secret, { ttl: "5m" });
  token.sha256 = createHash("sha256").update(body).digest("base64");
  return token.toJwt();
}

/** Never the address: it may hold a password. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : error.name;
}
