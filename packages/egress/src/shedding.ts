import type { EgressStatus } from "@raadhuis/protocol/children";

/** What is left of the programme when the machine cannot make all of it: fewer pictures first, then none; sound to the last. */
export type Rung = EgressStatus["shown"];

interface Step {
  shown: Rung;
  /** Frames of time that one picture lasts. */
  framesPerPicture: number;
  /** Further behind than this, one more step is taken down, ms. */
  bearsMs: number;
}

/** From everything down. */
const steps: readonly Step[] = [
  { shown: "whole", framesPerPicture: 1, bearsMs: 400 },
  { shown: "fewer", framesPerPicture: 2, bearsMs: 800 },
  { shown: "fewer", framesPerPicture: 4, bearsMs: 1200 },
  { shown: "sound", framesPerPicture: 12, bearsMs: Number.POSITIVE_INFINITY },
];
const last = steps.length - 1;

/** Further behind than this, with nothing but sound to make, time is left out, ms. */
export const LEFT_OUT_MS = 4000;
/** Less behind than this the machine is called well, ms. */
const WELL_MS = 200;
/** After a step down the next one waits for it to help, ms. */
const SETTLES_MS = 500;
/** It must have been well for so long before a step up is tried, ms. */
const PROVEN_MS = 3000;
/** A step up that is taken back within this had come too early: the next one waits twice as long, ms. */
const TOO_EARLY_MS = 15_000;
const MOST_PROVEN_MS = 60_000;

export interface Shedding {
  step: number;
  /** When the present step was taken, ms. */
  since: number;
  /** Since when the machine is well; `null`: it is not. */
  wellSince: number | null;
  /** The present step was one up. */
  rose: boolean;
  provenMs: number;
}

export const unshed: Shedding = {
  step: 0,
  since: Number.NEGATIVE_INFINITY,
  wellSince: null,
  rose: false,
  provenMs: PROVEN_MS,
};

/** What follows from being so far behind at `now`, ms: a step down at once, a step up when it is proven. */
export function shed(before: Shedding, behindMs: number, now: number): Shedding {
  const { step, since } = before;
  const wellSince = behindMs > WELL_MS ? null : (before.wellSince ?? now);
  // Steps at which it would fall further behind are not tried one by one.
  const needed = steps.findIndex(({ bearsMs }) => behindMs <= bearsMs);
  if (needed > step && now - since >= SETTLES_MS) {
    const tooEarly = before.rose && now - since < TOO_EARLY_MS;
    const provenMs = tooEarly ? Math.min(MOST_PROVEN_MS, before.provenMs * 2) : before.provenMs;
    return { step: needed, since: now, wellSince: null, rose: false, provenMs };
  }
  if (step > 0 && wellSince !== null && now - Math.max(wellSince, since) >= before.provenMs)
    return { step: step - 1, since: now, wellSince: now, rose: true, provenMs: before.provenMs };
  const stood = step === 0 && now - since >= TOO_EARLY_MS;
  return { ...before, wellSince, provenMs: stood ? PROVEN_MS : before.provenMs };
}

export const shownOf = ({ step }: Shedding): Rung => stepAt(step).shown;
export const framesPerPictureOf = ({ step }: Shedding): number => stepAt(step).framesPerPicture;

const stepAt = (step: number): Step => steps[Math.min(step, last)]!;
