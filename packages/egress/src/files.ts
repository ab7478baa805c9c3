import { copyFile, type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** What a file is called while it is written. */
export const UNFINISHED = ".part";

/** A file appears whole or not at all: written beside its place, brought to the disk, then renamed. */
export async function writeWhole(path: string, content: string | Buffer, mode = 0o644): Promise<void> {
  await wholly(path, async (beside) => {
    const file = await open(beside, "w", mode);
    await withFile(file, async () => {
      await file.writeFile(content);
      await file.sync();
    });
  });
}

/** As writeWhole, from another file, perhaps of another file system. */
export async function copyWhole(from: string, to: string): Promise<void> {
  await wholly(to, async (beside) => {
    await copyFile(from, beside);
    await syncFile(beside, 0o644);
  });
}

/** What could not be finished does not stay: on a full disk it would hold room that others wait for. */
async function wholly(path: string, write: (beside: string) => Promise<void>): Promise<void> {
  const beside = `${path}${UNFINISHED}`;
  try {
    await write(beside);
    await putInPlace(beside, path);
  } catch (error) {
    await remove(beside).catch(() => undefined);
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

export const makeFolder = async (path: string, mode = 0o755): Promise<void> => {
  await mkdir(path, { recursive: true, mode });
};

/** @returns `null`: there is no such file. Throws where it is there and cannot be read: that is not the same. */
export async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** None where there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** @returns bytes; `null`: there is no such file */
export async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

const isAbsent = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";

/** `undefined` where it is no JSON: cut off, or empty. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const remove = (path: string): Promise<void> => rm(path, { force: true });
