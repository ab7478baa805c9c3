import type { Line } from "@raadhuis/protocol/socket";

/** What a page saw of its own line since its last look. */
export interface LineSeen {
  /** Shares of lost packets, 0..1. */
  lostUp: number;
  lostDown: number;
  /** There and back, ms. */
  roundTrip: number;
  /** What keeps the own picture smaller than it was meant to be. */
  limited: "bandwidth" | "cpu" | null;
  /** What the media server says of it. */
  serverSays: "poor" | "lost" | null;
}

/** Sound is concealed up to a few percent; from a tenth on nobody understands it. */
const SOME = 0.03;
const MUCH = 0.1;
/** ITU-T G.114: people begin to talk through each other at 400 ms one way. */
const SLOW_MS = 400;
const VERY_SLOW_MS = 800;

/** A light for it, and the worst of what is wrong. */
export function lineOf({ lostUp, lostDown, roundTrip, limited, serverSays }: LineSeen): Line {
  if (serverSays === "lost") return { light: "red", code: "line.away" };
  const loses = lostUp >= lostDown ? "line.loses-up" : "line.loses-down";
  const lost = Math.max(lostUp, lostDown);
  if (lost > MUCH) return { light: "red", code: loses };
  if (roundTrip > VERY_SLOW_MS) return { light: "red", code: "line.slow" };
  if (lost > SOME) return { light: "amber", code: loses };
  if (serverSays === "poor") return { light: "red", code: "line.poor" };
  if (roundTrip > SLOW_MS) return { light: "amber", code: "line.slow" };
  if (limited !== null) return { light: "amber", code: limited === "cpu" ? "line.busy" : "line.narrow" };
  return { light: "green", code: "line.good" };
}
