import { percentile } from "../result.ts";

/** What a process holds at one moment, with nobody there but those who stay. */
export interface Held {
  /** Joins and leaves so far. */
  visits: number;
  residentMb: number;
  /** JavaScript's objects, a part of it. */
  heapMb: number;
  files: number;
}

/** How much each who came and went may leave behind, bytes; and how many files all of them together. */
export interface Allowed {
  bytesPerVisit: number;
  heapBytesPerVisit: number;
  files: number;
}

/**
 * The smallest thing that could be forgotten, a participant with its subscriptions, takes some 20 kB, a transport 350; what
 * malloc and V8 keep for later makes up the rest of the noise. Files: sockets that are still being closed when it is looked.
 */
export const allowed: Allowed = { bytesPerVisit: 1024, heapBytesPerVisit: 1024, files: 4 };

export interface Growth {
  bytesPerVisit: number;
  heapBytesPerVisit: number;
  files: number;
  /** In words, what grew too much. */
  problems: string[];
}

/** Compares the median of the first third of the looks with that of the last: single looks hang on when memory was last given back. */
export function growthOf(looks: readonly Held[], may: Allowed = allowed): Growth {
  const third = Math.max(1, Math.floor(looks.length / 3));
  const [first, last] = [looks.slice(0, third), looks.slice(-third)];
  const rise = (of: keyof Held) => medianOf(last, of) - medianOf(first, of);
  const each = (of: keyof Held) => (rise(of) * 2 ** 20) / Math.max(1, rise("visits"));
  const [bytesPerVisit, heapBytesPerVisit, files] = [each("residentMb"), each("heapMb"), rise("files")];
  const tooMuch = (what: string, bytes: number, most: number) =>
    bytes > most ? [`${what} by ${Math.round(bytes)} bytes a visit; ${most} are allowed.`] : [];
  return {
    bytesPerVisit,
    heapBytesPerVisit,
    files,
    problems: [
      ...tooMuch("Memory grows", bytesPerVisit, may.bytesPerVisit),
      ...tooMuch("JavaScript's heap grows", heapBytesPerVisit, may.heapBytesPerVisit),
      ...(files > may.files ? [`${files} more files are open than at the beginning.`] : []),
    ],
  };
}

const medianOf = (looks: readonly Held[], of: keyof Held): number =>
  percentile(
    looks.map((look) => look[of]),
    0.5,
  );
