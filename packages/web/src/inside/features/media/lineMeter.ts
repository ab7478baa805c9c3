import type { Line } from "@raadhuis/protocol/socket";
import {
  ConnectionQuality,
  LocalAudioTrack,
  type LocalTrack,
  LocalVideoTrack,
  RemoteAudioTrack,
  RemoteVideoTrack,
  type Room,
} from "livekit-client";
import { type LineSeen, lineOf } from "./line.ts";

/** Of how many received tracks the loss is looked at: they share one line, and a large meeting has hundreds. */
const SAMPLE = 12;

interface Count {
  packets: number;
  lost: number;
}

/** Measures the page's own line, from one look to the next, by what the browser counts anyway. */
export class LineMeter {
  #up = new Map<string, Count>();
  #down = new Map<string, Count>();

  async look(room: Room): Promise<Line> {
    const { counts, ...sending } = await sent(room);
    const up = lostSince(this.#up, counts);
    const received = await receivedBy(room);
    const down = lostSince(this.#down, received);
    this.#up = counts;
    this.#down = received;
    const quality = room.localParticipant.connectionQuality;
    const serverSays = quality === ConnectionQuality.Lost ? "lost" : quality === ConnectionQuality.Poor ? "poor" : null;
    return lineOf({ lostUp: up, lostDown: down, ...sending, serverSays });
  }
}

async function sent(room: Room): Promise<{ counts: Map<string, Count> } & Pick<LineSeen, "roundTrip" | "limited">> {
  const counts = new Map<string, Count>();
  const trips: number[] = [];
  const limits = new Set<string | undefined>();
  for (const { track, trackSid, isMuted } of room.localParticipant.trackPublications.values()) {
    if (isMuted) continue;
    const all =
      track instanceof LocalVideoTrack
        ? await track.getSenderStats()
        : track instanceof LocalAudioTrack
          ? [await track.getSenderStats()]
          : [];
    for (const [index, stats] of all.entries()) {
      if (!stats) continue;
      counts.set(`${trackSid}/${index}`, { packets: stats.packetsSent ?? 0, lost: stats.packetsLost ?? 0 });
      // The browser tells it in seconds.
      trips.push((stats.roundTripTime ?? 0) * 1000);
      if (stats.type === "video" && isSent(track)) limits.add(stats.qualityLimitationReason);
    }
  }
  const limited = limits.has("cpu") ? "cpu" : limits.has("bandwidth") ? "bandwidth" : null;
  return { counts, roundTrip: Math.max(0, ...trips), limited };
}

/** A picture that nobody receives is paused, and the browser goes on to say what last limited it. */
const isSent = (track: LocalTrack | undefined): boolean =>
  track?.sender?.getParameters().encodings.some(({ active }) => active) ?? false;

async function receivedBy(room: Room): Promise<Map<string, Count>> {
  const tracks = [...room.remoteParticipants.values()]
    .flatMap((person) => [...person.trackPublications.values()])
    .flatMap(({ track }) => (track instanceof RemoteAudioTrack || track instanceof RemoteVideoTrack ? [track] : []))
    .slice(0, SAMPLE);
  const counts = new Map<string, Count>();
  for (const track of tracks) {
    const stats = await track.getReceiverStats();
    counts.set(track.sid ?? "", { packets: stats?.packetsReceived ?? 0, lost: stats?.packetsLost ?? 0 });
  }
  return counts;
}

/** Share, 0..1, of those that were there at both looks. */
function lostSince(before: ReadonlyMap<string, Count>, now: ReadonlyMap<string, Count>): number {
  let packets = 0;
  let lost = 0;
  for (const [key, count] of now) {
    const old = before.get(key);
    if (!old || count.packets < old.packets) continue;
    packets += count.packets - old.packets;
    lost += Math.max(0, count.lost - old.lost);
  }
  return packets + lost > 0 ? lost / (packets + lost) : 0;
}
