import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Found } from "./find-file.ts";

const pack = promisify(gzip);
/** Packed assets by path and version. Only the pages' own: there are few of them, and they change with the house. */
const kept = new Map<string, Promise<Buffer>>();

/** Whether this answer goes out packed: a page's text, to a browser that can read it so. */
export const isPacked = (path: string, { type }: Found, accepts: string | string[] | undefined): boolean =>
  /^\/assets\//.test(path) && /^(text|image\/svg)/.test(type) && /\bgzip\b/.test(String(accepts ?? ""));

/** The file, packed by gzip once and kept. */
export function packed(path: string, { handle, modified }: Found): Promise<Buffer> {
  const key = `${path} ${modified}`;
  const known = kept.get(key);
  if (known) return known;
  const made = handle.readFile().then((content) => pack(content));
  kept.set(key, made);
  made.catch(() => kept.delete(key));
  return made;
}
