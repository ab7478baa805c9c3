import { copyFile, type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** A file appears whole or not at all: written beside its place, brought to the disk, then renamed. */
export async function writeWhole(path: string, content: string | Buffer, mode = 0o644): Promise<void> {
  const beside = `${path}.part`;
  const file = await open(beside, "w", mode);
  await withFile(file, async () => {
    await file.writeFile(content);
    await file.sync();
  });
  await putInPlace(beside, path);
}

/** As writeWhole, from another file, perhaps of another file system. */
export async function copyWhole(from: string, to: string): Promise<void> {
  const beside = `${to}.part`;
  await copyFile(from, beside);
  await syncFile(beside, 0o644);
  await putInPlace(beside, to);
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

export const makeFolder = async (path: string, mode = 0o755): Promise<void> => {
  await mkdir(path, { recursive: true, mode });
};

export const remove = (path: string): Promise<void> => rm(path, { force: true });
