/**
 * Share of the power of `samples` that lies at `hz`, 0..1: Goertzel's algorithm over a Hann window. A pure tone gives
 * about 1, white noise about 4 / samples.length. 0 for silence (below -60 dBFS).
 */
export function toneShare(samples: Float32Array, rate: number, hz: number): number {
  const count = samples.length;
  let power = 0;
  let one = 0;
  let two = 0;
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / rate);
  for (let index = 0; index < count; index++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / count);
    const sample = samples[index]! * window;
    power += sample * sample;
    const next = sample + coefficient * one - two;
    two = one;
    one = next;
  }
  if (power / count < 1e-6) return 0;
  const bin = one * one + two * two - coefficient * one * two;
  // A Hann window spreads a pure tone over three bins, of which the middle one holds two thirds.
  return Math.min(1, (bin * 2 * 1.5) / (power * count));
}

/** Windows of this many seconds: short enough for a syllable, long enough to part the tests' tones. */
export const TONE_WINDOW = 0.1;
/** A window in which this share of the power is at one frequency carries that tone, also when another one sounds with it. */
export const TONE_PRESENT = 0.2;

/** Starts, in seconds, of the windows in which the tone sounds. */
export function toneMoments(samples: Float32Array, rate: number, hz: number): number[] {
  const size = Math.round(TONE_WINDOW * rate);
  const moments: number[] = [];
  for (let start = 0; start + size <= samples.length; start += size)
    if (toneShare(samples.subarray(start, start + size), rate, hz) > TONE_PRESENT) moments.push(start / rate);
  return moments;
}
