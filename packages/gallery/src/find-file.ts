import { type FileHandle, open, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";

/** What the gallery serves, by a name's ending; nothing else leaves, whatever lies in the folder. */
export const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".vtt": "text/vtt; charset=utf-8",
  ".m3u8": "application/vnd.apple.mpegurl",
  ".m4s": "video/iso.segment",
  ".mp4": "video/mp4",
};

export interface Found {
  handle: FileHandle;
  type: string;
  bytes: number;
  /** Milliseconds since 1970. */
  modified: number;
}

/** Names as the house itself makes them: no dot in front (so no `..`), nothing to decode, nothing to escape. */
const plainName = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/**
 * Opens the file of that path below `folder`, or says `null`: no plain name, no known ending, unfinished (`*.tmp` has
 * none), not a file, or led outside by a symbolic link. The caller closes it.
 * @param path as in the URL, still encoded, without a leading slash
 */
export async function findFile(folder: string, path: string): Promise<Found | null> {
  const type = contentTypes[extname(path)];
  if (type === undefined || !path.split("/").every((name) => plainName.test(name))) return null;
  try {
    const real = await realpath(join(folder, path));
    if (!real.startsWith((await realpath(folder)) + sep)) return null;
    const handle = await open(real, "r");
    const stat = await handle.stat();
    if (stat.isFile()) return { handle, type, bytes: stat.size, modified: stat.mtimeMs };
    await handle.close();
    return null;
  } catch {
    return null; // not there, or not ours to read
  }
}
