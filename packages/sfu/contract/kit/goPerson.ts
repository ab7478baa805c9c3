import assert from "node:assert/strict";
import { z } from "zod";
import type { Source } from "./person.ts";
import type { Sample } from "./samples.ts";
import { eventually, until } from "./wait.ts";

/** Of what the SDK tells: `kind` and what belongs to it (../go/events.go). */
export type Happening = { kind: string } & Record<string, unknown>;

const Received = z.object({
  identity: z.string(),
  sid: z.string(),
  source: z.string(),
  mime: z.string(),
  packets: z.number(),
  /** Of VP8's last key frame; 0: none was seen. */
  height: z.number(),
  /** Of sound that comes from Go, too: name of the file it was read from. */
  file: z.string(),
});
type Received = z.infer<typeof Received>;

const Known = z.object({
  identity: z.string(),
  sid: z.string(),
  name: z.string(),
  metadata: z.string(),
  attributes: z.record(z.string(), z.string()).nullable(),
  speaking: z.boolean(),
  tracks: z.array(z.object({ sid: z.string(), name: z.string(), source: z.string(), muted: z.boolean() })),
});
type Known = z.infer<typeof Known>;

export interface GoEntry {
  /** One peer connection (`/rtc/v1`) in place of two (`/rtc`), which are the SDK's default. */
  single?: boolean;
  autoSubscribe?: boolean;
  metadata?: string;
  attributes?: Record<string, string>;
  /** Sound and data are encrypted end to end by a key made of it. */
  passphrase?: string;
  /** What it offers ("video/H265"), in place of all that Pion has. */
  codecs?: string[];
  /** Published with the join itself; wants `single`. */
  publish?: Publishing[];
}

export interface Publishing {
  name: string;
  source: Source;
  /** One, or three as simulcast, lowest first. */
  layers: Sample[];
  /** How loud it says to be, in dB below full scale. */
  level?: number;
}

interface Message {
  text: string;
  topic?: string;
  reliable?: boolean;
  to?: string[];
  attributes?: Record<string, string>;
  /** How often `text` is repeated. */
  times?: number;
}

/** A participant by LiveKit's Go SDK. */
export class GoPerson {
  /** All that has happened, oldest first. */
  readonly happenings: readonly Happening[];
  readonly #ask: (what: string, details?: unknown) => Promise<unknown>;

  constructor(ask: (what: string, details?: unknown) => Promise<unknown>, happenings: readonly Happening[]) {
    this.#ask = ask;
    this.happenings = happenings;
  }

  /** Anything of ../go/commands.go that has no method here. */
  call(what: string, details?: unknown): Promise<unknown> {
    return this.#ask(what, details);
  }

  async join(url: string, ticket: string, { publish = [], autoSubscribe = true, ...entry }: GoEntry): Promise<void> {
    await this.#ask("join", { url, ticket, autoSubscribe, publish: publish.map(published), ...entry });
  }

  leave(): Promise<unknown> {
    return this.#ask("leave");
  }

  /** Resolves with the track's sid. */
  async publish(what: Publishing): Promise<string> {
    return z.string().parse(await this.#ask("publish", published(what)));
  }

  sing(sample: Sample): Promise<string> {
    return this.publish({ name: "voice", source: "microphone", layers: [sample] });
  }

  show(...layers: Sample[]): Promise<string> {
    return this.publish({ name: "picture", source: "camera", layers });
  }

  unpublish(sid: string): Promise<unknown> {
    return this.#ask("unpublish", sid);
  }

  data(message: Message): Promise<unknown> {
    return this.#ask("data", message);
  }

  me = async (): Promise<Known> => Known.parse(await this.#ask("me"));

  others = async (): Promise<Known[]> => z.array(Known).parse(await this.#ask("others"));

  other = async (identity: string): Promise<Known | undefined> =>
    (await this.others()).find((one) => one.identity === identity);

  /** All tracks that came or come in, oldest first. */
  received = async (): Promise<Received[]> => z.array(Received).parse(await this.#ask("received"));

  /** Waits for new packets of a track of somebody; of the last one of this source. */
  async receives(
    key: `${string}/${Source}`,
    isIt: (track: Received) => boolean = () => true,
    packets = 5,
  ): Promise<Received> {
    const find = async () =>
      (await this.received()).findLast(({ identity, source }) => `${identity}/${source}` === key);
    const first = await find();
    let now = first;
    return until(
      () => `packets of ${key}, where last there was ${JSON.stringify(now)}`,
      async () => {
        now = await find();
        const before = now && now.sid === first?.sid ? first.packets : 0;
        return now && now.packets - before >= packets && isIt(now) && now;
      },
      30_000,
    );
  }

  hears(key: `${string}/microphone`, hertz: number): Promise<Received> {
    return this.receives(key, ({ file }) => file === `${hertz}.ogg`);
  }

  seesHeight(key: `${string}/camera`, wanted: number): Promise<Received> {
    return this.receives(key, ({ height }) => height === wanted);
  }

  /** Waits until somebody else is known to publish these and nothing else. */
  knowsTracks(identity: string, ...sources: Source[]): Promise<void> {
    return eventually(async () => {
      const tracks = (await this.other(identity))?.tracks ?? [];
      assert.deepEqual(tracks.map(({ source }) => source).sort(), [...sources].sort());
    });
  }

  happened(kind: string, detail: Record<string, unknown> = {}, ms?: number): Promise<Happening> {
    return until(
      () => `${kind} ${JSON.stringify(detail)}, of ${JSON.stringify(this.happenings)}`,
      () => this.happenings.find((one) => one.kind === kind && matches(one, detail)),
      ms,
    );
  }
}

const published = ({ source, ...what }: Publishing) => ({ ...what, source: source.toUpperCase() });

const matches = (one: Happening, detail: Record<string, unknown>): boolean =>
  Object.entries(detail).every(([key, value]) => JSON.stringify(one[key]) === JSON.stringify(value));
