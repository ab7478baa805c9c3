/** A file that the public may have, by its name below the meeting's folder. */
export interface PublicFile {
  name: string;
  /** Its text, or where it stands on this machine's disk. */
  content: string | { path: string };
}

/**
 * Where one meeting's released files go. It is told of one file after the other; of a playlist or state only when all
 * that this names is there. What throws is told again, so the same file twice must come to the same. Once `signal` is
 * aborted nobody waits any more, and what was begun is to be given up.
 */
export interface Sink {
  /** As the ledger and the status call it. */
  readonly name: string;
  /** What stands there, whole, of this broadcast. */
  names(signal?: AbortSignal): Promise<string[]>;
  /** Resolves when the file is there, whole. */
  put(file: PublicFile, signal?: AbortSignal): Promise<void>;
  /** Resolves when there is no such file, also where there was none. */
  remove(name: string, signal?: AbortSignal): Promise<void>;
}
