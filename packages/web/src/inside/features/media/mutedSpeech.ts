/** A level, 0..100, that is a voice near the microphone and no cough next door: -33 dBFS. */
const VOICE = 45;
/** Of the looks of the last second, ten a second, so many must be loud: words, not a door. */
const LOOKS = 10;
const LOUD = 5;
/** Said no more often than this, ms: whoever talks to somebody in their room knows it by then. */
export const SAID_EVERY = 30_000;

export interface Hearing {
  /** The last looks, oldest first. */
  loud: readonly boolean[];
  /** When the person was last told, ms; `null`: not yet. */
  saidAt: number | null;
}

export const nothingHeard: Hearing = { loud: [], saidAt: null };

/** One more look at the level of a microphone that is off. `say`: the person speaks, and is to be told now. */
export function heardMuted(before: Hearing, level: number, now: number): Hearing & { say: boolean } {
  const loud = [...before.loud, level >= VOICE].slice(-LOOKS);
  const speaks = loud.filter(Boolean).length >= LOUD;
  const say = speaks && (before.saidAt === null || now - before.saidAt >= SAID_EVERY);
  return { loud, saidAt: say ? now : before.saidAt, say };
}
