import type { AudioLine } from "./audioLine.ts";

/** Above this the mix is bent, so that several loud voices do not clip. */
const KNEE = 0.8;

/** All lines together from programme time `at` on. @returns `samples` floats, -1 to 1 */
export function mix(lines: Iterable<AudioLine>, at: number, samples: number): Float32Array {
  const out = new Float32Array(samples);
  for (const line of lines) line.mixInto(out, at);
  for (let i = 0; i < samples; i++) out[i] = soften(out[i]!);
  return out;
}

/** The identity up to the knee, then towards 1 without reaching it. */
export function soften(value: number): number {
  const size = Math.abs(value);
  if (size <= KNEE) return value;
  const over = (size - KNEE) / (1 - KNEE);
  return Math.sign(value) * (KNEE + (1 - KNEE) * Math.tanh(over));
}

/** Loudness of a block, dB of full scale; -100 for silence. */
export function loudness(samples: Int16Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i]! * samples[i]!;
  const power = sum / Math.max(1, samples.length) / (32768 * 32768);
  return power < 1e-10 ? -100 : 10 * Math.log10(power);
}
