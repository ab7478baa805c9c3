/** Bytes of a file, both ends included. */
export interface Range {
  start: number;
  end: number;
}

/**
 * What a Range header asks of a file (RFC 9110, 14.1.2). `null`: the whole of it, also for what we do not
 * understand and for several ranges at once; "unsatisfiable": nothing of what is there.
 */
export function rangeOf(header: string | undefined, bytes: number): Range | null | "unsatisfiable" {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return null;
  const [from, to] = [match[1]!, match[2]!];
  if (from === "") {
    const last = Math.min(Number(to), bytes);
    return last === 0 ? "unsatisfiable" : { start: bytes - last, end: bytes - 1 };
  }
  const start = Number(from);
  const end = to === "" ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (to !== "" && Number(to) < start) return null;
  return start >= bytes ? "unsatisfiable" : { start, end };
}
