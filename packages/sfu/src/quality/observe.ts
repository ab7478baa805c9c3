import type { Downlink } from "../allocation/downlink.ts";
import type { Subscription } from "../track/subscription.ts";
import type { PublishedTrack } from "../track/track.ts";
import type { Observed } from "./assess.ts";

/** Of how many subscriptions reports are read: they share one path, and a large room has thousands. */
const sample = 12;

/** What of a participant tells how good its connection is. */
export interface Connected {
  /** `null`: its socket is gone. */
  readonly session: object | null;
  readonly tracks: ReadonlyMap<string, PublishedTrack>;
  readonly subscriptions: { readonly all: ReadonlyMap<string, Subscription>; readonly downlink: Downlink };
}

/** Packets of one track so far. */
interface Count {
  packets: number;
  lost: number;
}

/** Looks at one participant's connection from time to time; what it tells is of the time between two looks. */
export class Observer {
  readonly #participant: Connected;
  #before = new Map<string, Count>();

  constructor(participant: Connected) {
    this.#participant = participant;
  }

  async look(): Promise<Observed> {
    const { subscriptions, session } = this.#participant;
    const { spent, full, paused, isLimited } = subscriptions.downlink.report;
    const [up, down] = await Promise.all([this.#lossUp(), this.#down()]);
    return { lossUp: up, ...down, spent, full, paused, isLimited, isAway: session === null };
  }

  async #lossUp(): Promise<number | null> {
    const counts = new Map<string, Count>();
    for (const track of this.#participant.tracks.values())
      for (const [id, stats] of Object.entries((await track.incoming?.getStatsAsync()) ?? {}))
        counts.set(`${track.sid}/${id}`, { packets: stats.media.numPackets, lost: stats.media.lostPackets });
    let packets = 0;
    let lost = 0;
    for (const [id, count] of counts) {
      const before = this.#before.get(id);
      if (before === undefined || count.packets < before.packets) continue;
      packets += count.packets - before.packets;
      lost += Math.max(0, count.lost - before.lost);
    }
    this.#before = counts;
    return packets + lost > 0 ? lost / (packets + lost) : null;
  }

  /** From the reports of the last second: each tells of the time since the one before it. */
  async #down(): Promise<Pick<Observed, "lossDown" | "roundTrip">> {
    const outgoing = [...this.#participant.subscriptions.all.values()]
      .flatMap((subscription) => (subscription.isWanted && subscription.outgoing ? [subscription.outgoing] : []))
      .slice(0, sample);
    const stats = await Promise.all(outgoing.map((track) => track.getStatsAsync()));
    const reports = stats.flatMap(({ media, numPacketsDelta }) =>
      media.reported ? [{ share: media.reported.fractionLost / 256, packets: Math.max(1, numPacketsDelta) }] : [],
    );
    const packets = reports.reduce((sum, report) => sum + report.packets, 0);
    const lost = reports.reduce((sum, { share, packets: weight }) => sum + share * weight, 0);
    const trips = stats.map(({ rtt }) => rtt).filter((rtt) => rtt > 0);
    return { lossDown: packets > 0 ? lost / packets : null, roundTrip: trips.length > 0 ? Math.max(...trips) : null };
  }
}
