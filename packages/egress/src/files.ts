import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";

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
