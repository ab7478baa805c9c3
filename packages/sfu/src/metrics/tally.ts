import type { EncodingStats, Endpoint, IncomingTrack, Kind, OutgoingStats, OutgoingTrack } from "../engine/medooze.ts";

/** What came in, or went out, of one kind since the process began. */
export interface Traffic {
  packets: number;
  bytes: number;
  /** In: missing in what arrived. Out: what receivers reported. */
  lost: number;
  /** In: packets asked for again. Out: packets sent again. */
  again: number;
  /** Key frames asked for; of what comes in only. */
  keyFrames: number;
}

const none = (): Traffic => ({ packets: 0, bytes: 0, lost: 0, again: 0, keyFrames: 0 });

/** How many tracks are asked at a time; between two such lots others have their turn. */
const lot = 64;

/**
 * Counts packets by what the engine counts anyway: each track is asked when somebody wants to know, and once when it
 * ends. Nothing is done per packet.
 */
export class Tally {
  readonly #in = new Followed<IncomingTrack>(async (track) => incomingTraffic(await track.getStatsAsync()));
  readonly #out = new Followed<OutgoingTrack>(async (track) => outgoingTraffic(await track.getStatsAsync()));

  /** Follows every track of every transport that this endpoint makes from now on. */
  follow(endpoint: Endpoint): void {
    const create = endpoint.createTransport.bind(endpoint);
    endpoint.createTransport = (...remote) => {
      const transport = create(...remote);
      transport.on("incomingtrack", (track) => {
        this.#in.add(track, track.getMedia());
        track.on("stopped", (_, stats) => this.#in.ended(track, incomingTraffic(stats)));
      });
      transport.on("outgoingtrack", (track) => {
        this.#out.add(track, track.getMedia());
        track.on("stopped", (_, stats) => this.#out.ended(track, outgoingTraffic(stats)));
      });
      return transport;
    };
  }

  async count(): Promise<{ in: Record<Kind, Traffic>; out: Record<Kind, Traffic> }> {
    return { in: await this.#in.count(), out: await this.#out.count() };
  }
}

/** Tracks one way. What ended is kept as a sum. */
class Followed<Track> {
  readonly #live = new Map<Track, Kind>();
  readonly #ended: Record<Kind, Traffic> = { audio: none(), video: none() };
  readonly #ask: (track: Track) => Promise<Traffic>;
  /** Of tracks that are there: receivers say what they lost now and then, not always. */
  readonly #lost = new Map<Track, number>();

  constructor(ask: (track: Track) => Promise<Traffic>) {
    this.#ask = ask;
  }

  add(track: Track, kind: Kind): void {
    this.#live.set(track, kind);
  }

  ended(track: Track, traffic: Traffic): void {
    const kind = this.#live.get(track);
    if (kind === undefined) return;
    this.#live.delete(track);
    addTo(this.#ended[kind], this.#remembering(track, traffic));
    this.#lost.delete(track);
  }

  async count(): Promise<Record<Kind, Traffic>> {
    const asked = [...this.#live.keys()];
    const known = new Map<Track, Traffic>();
    for (let at = 0; at < asked.length; at += lot)
      for (const [track, traffic] of await Promise.all(
        asked.slice(at, at + lot).map(async (track) => [track, await this.#ask(track)] as const),
      ))
        known.set(track, traffic);
    // In one turn, so that what ended meanwhile is counted once: as ended.
    const sum = { audio: { ...this.#ended.audio }, video: { ...this.#ended.video } };
    for (const [track, kind] of this.#live) {
      const traffic = known.get(track);
      if (traffic) addTo(sum[kind], this.#remembering(track, traffic));
    }
    return sum;
  }

  #remembering(track: Track, traffic: Traffic): Traffic {
    const lost = Math.max(traffic.lost, this.#lost.get(track) ?? 0);
    this.#lost.set(track, lost);
    return { ...traffic, lost };
  }
}

function addTo(sum: Traffic, more: Traffic): void {
  sum.packets += more.packets;
  sum.bytes += more.bytes;
  sum.lost += more.lost;
  sum.again += more.again;
  sum.keyFrames += more.keyFrames;
}

function incomingTraffic(stats: Record<string, EncodingStats>): Traffic {
  const sum = none();
  for (const { numPackets, totalBytes, lostPackets, media } of Object.values(stats))
    addTo(sum, {
      packets: numPackets,
      bytes: totalBytes,
      lost: lostPackets,
      again: media.totalNACKs,
      keyFrames: media.totalPLIs,
    });
  return sum;
}

const outgoingTraffic = ({ numPackets, totalBytes, media, rtx }: OutgoingStats): Traffic => ({
  packets: numPackets,
  bytes: totalBytes,
  lost: media.reported?.lostCount ?? 0,
  again: rtx.numPackets,
  keyFrames: 0,
});
