import { ConnectionQuality } from "@livekit/protocol";

/** What was seen of one participant's connection since the last look. */
export interface Observed {
  /** Share of the packets it sent that did not arrive, 0..1; `null`: it sent none. */
  lossUp: number | null;
  /** Share of the packets it was sent that it says did not arrive, 0..1; `null`: it said nothing. */
  lossDown: number | null;
  /** ms; `null`: not known. */
  roundTrip: number | null;
  /** Video that it is sent and that it would be sent if its path carried it, bit/s. */
  spent: number;
  full: number;
  /** How many pictures it is not sent for want of room. */
  paused: number;
  isLimited: boolean;
  /** Its socket is gone. */
  isAway: boolean;
}

/** What makes a connection less than good, worst first. `value`: a share (0..1), ms or a number of pictures. */
export interface Reason {
  code: "away" | "paused" | "loss-down" | "loss-up" | "narrow" | "slow";
  value: number;
}

export interface Verdict {
  quality: ConnectionQuality;
  /** Mean opinion score, 1 to 4.5, as LiveKit's; 0 when lost. */
  score: number;
  /** `null`: nothing to complain of. */
  reason: Reason | null;
}

/** Points of 100 that each percent of lost packets costs: sound is concealed and pictures are sent again, up to a point. */
const pointsPerPercentLost = 5;
const goodBelow = 80;
const poorBelow = 40;

/** How good a connection is, and why it is no better. `before`: the score of the last look; it climbs slower than it falls. */
export function assess(seen: Observed, before: number | null): Verdict & { points: number } {
  if (seen.isAway)
    return { quality: ConnectionQuality.LOST, score: 0, reason: { code: "away", value: 1 }, points: poorBelow };
  const complaints: (Reason & { points: number })[] = [
    { code: "paused", value: seen.paused, points: seen.paused > 0 ? 70 : 0 },
    { code: "loss-down", value: seen.lossDown ?? 0, points: (seen.lossDown ?? 0) * 100 * pointsPerPercentLost },
    { code: "loss-up", value: seen.lossUp ?? 0, points: (seen.lossUp ?? 0) * 100 * pointsPerPercentLost },
    { code: "narrow", value: shareOf(seen), points: seen.isLimited ? 20 * Math.log(1 / shareOf(seen)) : 0 },
    { code: "slow", value: seen.roundTrip ?? 0, points: delayPoints(seen.roundTrip ?? 0) },
  ];
  const worst = complaints.toSorted((one, other) => other.points - one.points)[0];
  // Loss both ways or loss and delay add up; what is paused for want of room is narrow as well.
  const lost = complaints.reduce(
    (sum, { code, points }) => sum + (code === "paused" || code === "narrow" ? 0 : points),
    0,
  );
  const now = Math.max(0, 100 - Math.max(lost, ...complaints.map(({ points }) => points)));
  const points = before === null ? now : before + (now - before) * (now < before ? 0.8 : 0.4);
  const quality =
    points < poorBelow
      ? ConnectionQuality.POOR
      : points < goodBelow
        ? ConnectionQuality.GOOD
        : ConnectionQuality.EXCELLENT;
  const reason = worst && worst.points >= 5 ? { code: worst.code, value: worst.value } : null;
  return { quality, score: opinionOf(points), reason, points };
}

const shareOf = ({ spent, full }: Observed): number => (full <= 0 ? 1 : Math.min(1, Math.max(0.05, spent / full)));

/** ITU-T G.107, simplified as LiveKit does: half a round trip, from 160 ms on ever more annoying. */
function delayPoints(roundTrip: number): number {
  const delay = roundTrip / 2;
  return delay > 160 ? (delay - 120) / 10 : delay / 40;
}

/** ITU-T G.107, annex B. */
function opinionOf(points: number): number {
  if (points <= 0) return 1;
  const score = 1 + 0.035 * points + points * (points - 60) * (100 - points) * 7e-6;
  return Math.round(Math.min(4.5, Math.max(1, score)) * 100) / 100;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** In words for whoever helps: what this connection does. */
export function wordsOf({ code, value }: Reason): string {
  switch (code) {
    case "away":
      return "is not there";
    case "paused":
      return value === 1 ? "has no room for one picture" : `has no room for ${value} pictures`;
    case "loss-down":
      return `loses ${percent(value)} of what it receives`;
    case "loss-up":
      return `loses ${percent(value)} of what it sends`;
    case "narrow":
      return `has room for ${percent(value)} of what it would receive`;
    case "slow":
      return `takes ${Math.round(value)} ms there and back`;
  }
}
