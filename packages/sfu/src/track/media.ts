import type { VideoLayer } from "@livekit/protocol";
import type { Encoding } from "../allocation/layers.ts";
import type { EncodingStats, IncomingSource, IncomingTrack, Kind, Sound, Transport } from "../engine/medooze.ts";
import type { Section } from "../sdp/offer.ts";

/** A published track as it comes in: one codec in one media section of its publisher. */
export class Media {
  /** As in SDP, in lower case. */
  readonly codec: string;
  readonly mid: string;
  readonly incoming: IncomingTrack;
  /** What of it arrives, from low to high; as of the last `measure`. */
  encodings: readonly Encoding[];
  readonly #rids: readonly string[];

  /** Begins to receive what the section of an offer announces. `id`: any that is unique among those of the transport. */
  constructor(transport: Transport, kind: Kind, id: string, section: Section, codec: string) {
    this.codec = codec;
    this.mid = section.mid;
    this.incoming = transport.createIncomingStreamTrack(kind, {
      id,
      media: kind,
      mediaId: section.mid,
      ...(section.rids.length > 0
        ? { encodings: section.rids.map((rid) => [{ id: rid, paused: false, codecs: {}, params: {} }]) }
        : { ssrcs: section.ssrcs, groups: section.groups.filter((group) => group.semantics === "FID") }),
    });
    this.#rids = section.rids.length > 0 ? section.rids : this.incoming.getEncodings().map((encoding) => encoding.id);
    this.encodings = this.#rids.map((rid) => ({ ...nothing, id: rid }));
  }

  /** `announced`: the layers its publisher spoke of; sizes of spatial layers are in no packet that is looked at. */
  async measure(announced: readonly VideoLayer[]): Promise<void> {
    const stats = await this.incoming.getStatsAsync();
    this.encodings = this.#rids.flatMap((rid) => {
      const now = stats[rid];
      const before = this.encodings.filter(({ id }) => id === rid);
      // It arrives, and goes no further.
      if (this.#source(rid)?.isRefusing) return before.map((encoding) => ({ ...encoding, bitrate: 0 }));
      return now ? encodingsOf(rid, now, before, announced) : before;
    });
  }

  /** Whether there were pictures in it that are too large to be carried (install/PictureLimit.h). */
  get wasTooLarge(): boolean {
    return this.#rids.some((rid) => (this.#source(rid)?.refusedPictures ?? 0) > 0);
  }

  /** Of its levels so far (RFC 6464). */
  sound(): Sound | null {
    const source = this.#source(this.#rids[0] ?? "");
    return source ? { loudTime: source.loudTime, soundPower: source.soundPower } : null;
  }

  stop(): void {
    this.incoming.stop();
  }

  #source(rid: string): IncomingSource | null {
    return this.incoming.getEncoding(rid)?.source.media ?? null;
  }
}

/** One for each spatial layer; what was seen once stays, with bitrate 0 when it stops. */
function encodingsOf(
  rid: string,
  now: EncodingStats,
  before: readonly Encoding[],
  announced: readonly VideoLayer[],
): Encoding[] {
  const [single] = before;
  const count = Math.max(
    before.length,
    ...now.media.layers.map(({ spatialLayerId }) => spatialLayerCount(spatialLayerId)),
  );
  const fps = now.numFramesDelta;
  if (count <= 1) {
    const { width = single?.width ?? null, height = single?.height ?? null } = now;
    const bitrate = steady(now.bitrate, single?.bitrate ?? 0);
    return [{ id: rid, layer: null, bitrate, temporal: temporalOf(now.media.layers, single), fps, width, height }];
  }
  const sizes = announced.toSorted((a, b) => a.height - b.height);
  return Array.from({ length: count }, (_, layer) => {
    const size = sizes.length === count ? sizes[layer] : undefined;
    const layers = now.media.layers.filter(({ spatialLayerId }) => spatialLayerId === layer);
    const bitrate = steady(Math.max(0, ...layers.map((temporal) => temporal.bitrate)), before[layer]?.bitrate ?? 0);
    const temporal = temporalOf(layers, before[layer]);
    return { id: rid, layer, bitrate, temporal, fps, width: size?.width || null, height: size?.height || null };
  });
}

const nothing: Encoding = { id: "", layer: null, bitrate: 0, temporal: [], fps: 0, width: null, height: null };

function temporalOf(layers: EncodingStats["media"]["layers"], before: Encoding | undefined): number[] {
  return layers
    .toSorted((a, b) => a.temporalLayerId - b.temporalLayerId)
    .map(({ bitrate }, index) => steady(bitrate, before?.temporal[index] ?? 0));
}

/** A second with a key frame has more than others; but what begins or ends does so at once. */
const steady = (now: number, before: number): number => (now === 0 || before === 0 ? now : before * 0.7 + now * 0.3);

/** 255 is Medooze's word for "no layers". */
const spatialLayerCount = (spatialLayerId: number): number => (spatialLayerId === 255 ? 1 : spatialLayerId + 1);
