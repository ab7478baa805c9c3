import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Puts a JSON file into the public folder, whole or not at all: write, fsync, rename. Readable for everybody. What could
 * not be finished does not stay: on a full disk it would hold room that others wait for.
 */
export async function writeWhole(path: string, value: unknown): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    await writeSynced(unfinished, JSON.stringify(value));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
  const directory = await open(folder, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, "w", 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
