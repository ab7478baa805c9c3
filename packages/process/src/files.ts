import { copyFile, type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** What a file is called while it is written, behind its name. */
export const UNFINISHED = ".part";

interface Options {
  mode?: number;
  /** Where another process sweeps up what is UNFINISHED. */
  unfinished?: string;
}

/** A file appears whole or not at all: written beside its place, brought to the disk, then renamed. */
export async function writeWhole(
  path: string,
  content: string | Buffer,
  { mode = 0o644, unfinished = UNFINISHED }: Options = {},
): Promise<void> {
  await wholly(path, unfinished, async (beside) => {
    const file = await open(beside, "w", mode);
    await withFile(file, async () => {
      await file.writeFile(content);
      await file.sync();
    });
  });
}

/** As writeWhole, from another file, perhaps of another file system. */
export async function copyWhole(from: string, to: string): Promise<void> {
  await wholly(to, UNFINISHED, async (beside) => {
    await copyFile(from, beside);
    await syncFile(beside, 0o644);
  });
}

/** What could not be finished does not stay: on a full disk it would hold room that others wait for. */
async function wholly(path: string, unfinished: string, write: (beside: string) => Promise<void>): Promise<void> {
  const beside = `${path}${unfinished}`;
  try {
    await write(beside);
    await putInPlace(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Renames a finished file of the same file system into its place, durably. */
export async function putInPlace(beside: string, path: string): Promise<void> {
  await rename(beside, path);
  await syncFolder(dirname(path));
}

/** Brings a written file to the disk; sets its mode where given. */
export async function syncFile(path: string, mode?: number): Promise<void> {
  const file = await open(path, "r+");
  await withFile(file, async () => {
    if (mode !== undefined) await file.chmod(mode);
    await file.sync();
  });
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  await withFile(folder, () => folder.sync());
}

async function withFile(file: FileHandle, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await file.close();
  }
}
