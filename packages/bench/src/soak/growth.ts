import { percentile } from "../result.ts";

/** What a process holds at one moment, with nobody there but those who stay. */
export interface Held {
  /** Joins and leaves so far. */
  visits: number;
  residentMb: number;
  files: number;
}

/**
 * One who came and went may leave so much behind, bytes. The smallest thing that could be forgotten, a participant with its
 * subscriptions, takes some 20 kB, a transport 200; what malloc and V8 keep for later makes up the rest of the noise.
 */
export const allowedBytesPerVisit = 1024;
/** Sockets that are still being closed when it is looked. */
const allowedFiles = 4;

export interface Growth {
  bytesPerVisit: number;
  files: number;
  /** In words, what grew too much. */
  problems: string[];
}

/** Compares the median of the first third of the looks with that of the last: single looks hang on when memory was last given back. */
export function growthOf(looks: readonly Held[]): Growth {
  const third = Math.max(1, Math.floor(looks.length / 3));
  const [first, last] = [looks.slice(0, third), looks.slice(-third)];
  const rise = (of: keyof Held) => medianOf(last, of) - medianOf(first, of);
  const bytesPerVisit = (rise("residentMb") * 2 ** 20) / Math.max(1, rise("visits"));
  const files = rise("files");
  return {
    bytesPerVisit,
    files,
    problems: [
      ...(bytesPerVisit > allowedBytesPerVisit
        ? [`Memory grows by ${Math.round(bytesPerVisit)} bytes a visit; ${allowedBytesPerVisit} are allowed.`]
        : []),
      ...(files > allowedFiles ? [`${files} more files are open than at the beginning.`] : []),
    ],
  };
}

const medianOf = (looks: readonly Held[], of: keyof Held): number =>
  percentile(
    looks.map((look) => look[of]),
    0.5,
  );
