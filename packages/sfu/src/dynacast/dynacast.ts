import { SubscribedCodec, SubscribedQuality, type SubscribedQualityUpdate, VideoQuality } from "@livekit/protocol";
import { Demand, type Wanted } from "./demand.ts";

/** Fields of the SubscribedQualityUpdate that a publisher is sent. */
export type Told = Pick<SubscribedQualityUpdate, "trackSid" | "subscribedQualities" | "subscribedCodecs">;

/** Keeps the publisher of one track told of what is wanted of it, so that it encodes nothing that nobody looks at. */
export class Dynacast {
  readonly #trackSid: string;
  readonly #wanted: () => Wanted;
  readonly #tell: (told: Told) => void;
  readonly #demand = new Demand(performance.now());
  #timer: NodeJS.Timeout | null = null;
  #scheduled = false;
  #stopped = false;

  /** @param wanted asked for again and again; its first codec is the one that older clients are told of */
  constructor(trackSid: string, wanted: () => Wanted, tell: (told: Told) => void) {
    this.#trackSid = trackSid;
    this.#wanted = wanted;
    this.#tell = tell;
    this.changed();
  }

  /** Something may be wanted that was not, or the other way round. Looked at once for all of this turn of the event loop. */
  changed(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (!this.#stopped) this.#look();
    });
  }

  /** The publisher was away: it is told anew. */
  again(): void {
    this.#demand.forget();
    this.changed();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #look(): void {
    const at = performance.now();
    const told = this.#demand.look(at, this.#wanted());
    if (told !== null) this.#tell(toldOf(this.#trackSid, told));
    if (this.#timer) clearTimeout(this.#timer);
    const { lookAt } = this.#demand;
    // At least one ms later: a timer may fire a little before its time.
    this.#timer = lookAt === null ? null : setTimeout(() => this.#look(), Math.max(1, lookAt - at)).unref();
  }
}

const qualities = [VideoQuality.LOW, VideoQuality.MEDIUM, VideoQuality.HIGH];

function toldOf(trackSid: string, wanted: Wanted): Told {
  const subscribedCodecs = [...wanted].map(
    ([codec, highest]) =>
      new SubscribedCodec({
        codec,
        qualities: qualities.map(
          (quality) => new SubscribedQuality({ quality, enabled: highest !== VideoQuality.OFF && quality <= highest }),
        ),
      }),
  );
  return { trackSid, subscribedQualities: subscribedCodecs[0]?.qualities ?? [], subscribedCodecs };
}
