import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ReleasedState, wholeState } from "@raadhuis/protocol/public";

/** The state that the public can read, with all of its parts; `null`: there is none, or none that is whole. */
export async function stateIn(folder: string): Promise<ReleasedState | null> {
  const text = await readFile(join(folder, "state.json"), "utf8").catch(() => "");
  if (text === "") return null;
  const { data } = ReleasedState.safeParse(parsed(text));
  return data ? wholeState(data, async (name) => parsed(await readFile(join(folder, name), "utf8"))) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Files and folders that stand there, in order. */
export const publicNames = async (folder: string): Promise<string[]> => (await readdir(folder)).sort();

/** Files, wherever below. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
