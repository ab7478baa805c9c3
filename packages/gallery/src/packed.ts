import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Found } from "./find-file.ts";

const asBrotli = promisify(brotliCompress);
const asGzip = promisify(gzip);

/** A state or a playlist is packed once for all who ask for that version of it: there need be room for the newest of each. */
const MOST_KEPT = 256;
/** Longer texts go out as they are: only a state that an older house released is longer, and packing holds up others. */
const MOST_BYTES = 256 * 1024;
/** So many are packed at a time; what is asked for meanwhile goes out as it is. */
const MOST_AT_ONCE = 4;
/** Brotli's usual 11 takes a hundred times as long for a tenth less. */
const QUALITY = 5;

export type Packing = "br" | "gzip";
/** By path, version and packing; that which was asked for last at the end. */
const kept = new Map<string, Buffer>();
const underWay = new Map<string, Promise<Buffer>>();

/** Sound and picture are packed already. */
export const isText = ({ type }: Found): boolean =>
  /^(text|image\/svg|application\/(json|vnd\.apple\.mpegurl))/.test(type);

/** How a text goes out to a browser that can read it so; `null`: as it is. */
export function packingOf(file: Found, accepts: string | string[] | undefined): Packing | null {
  if (file.bytes === 0 || file.bytes > MOST_BYTES || !isText(file)) return null;
  const accepted = String(accepts ?? "").split(/\s*,\s*/);
  const isAccepted = (name: Packing) =>
    accepted.some((one) => /^[^;\s]*/.exec(one)?.[0] === name && !/;\s*q=0(\.0*)?$/.test(one));
  return isAccepted("br") ? "br" : isAccepted("gzip") ? "gzip" : null;
}

/** The file, packed. `null`: others are being packed, and this one is not waited for. */
export async function packed(path: string, file: Found, packing: Packing): Promise<Buffer | null> {
  const key = `${packing} ${path} ${file.modified} ${file.bytes}`;
  const known = kept.get(key) ?? underWay.get(key);
  if (!known && underWay.size >= MOST_AT_ONCE) return null;
  const body = await (known ?? pack(key, file, packing));
  kept.delete(key);
  kept.set(key, body);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return body;
}

function pack(key: string, { handle }: Found, packing: Packing): Promise<Buffer> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  const made = handle
    .readFile()
    .then((content) => (packing === "br" ? asBrotli(content, { params }) : asGzip(content)))
    .finally(() => underWay.delete(key));
  underWay.set(key, made);
  return made;
}
