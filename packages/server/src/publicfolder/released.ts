import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MeetingId } from "@raadhuis/meeting";
import { ReleasedState } from "@raadhuis/protocol/public";

/** Whether the public has anything of a meeting's broadcast. */
export async function isAnythingReleased(data: string, meeting: MeetingId): Promise<boolean> {
  return (await stateText(data, meeting)) !== undefined;
}

/** Whether all of an ended meeting's broadcast has been released, or there never was any. */
export async function isReleased(data: string, meeting: MeetingId, recorded: boolean): Promise<boolean> {
  const text = await stateText(data, meeting);
  if (text === undefined) return true;
  const { ended, recording } = ReleasedState.parse(JSON.parse(text));
  return ended && (recording !== null || !recorded);
}

async function stateText(data: string, meeting: MeetingId): Promise<string | undefined> {
  try {
    return await readFile(join(data, "public", meeting, "state.json"), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
