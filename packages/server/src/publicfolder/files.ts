import { mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Puts a JSON file into the public folder, whole or not at all: write, fsync, rename. Readable for everybody. */
export async function writeWhole(path: string, value: unknown): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const unfinished = `${path}.${process.pid}.tmp`;
  const file = await open(unfinished, "w", 0o644);
  try {
    await file.writeFile(JSON.stringify(value));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
  const directory = await open(folder, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
