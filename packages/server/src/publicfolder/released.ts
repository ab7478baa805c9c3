import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MeetingId } from "@raadhuis/meeting";
import { ReleasedState } from "@raadhuis/protocol";

/** Whether all of a closed meeting's broadcast has been released, or there never was any. */
export async function isReleased(data: string, meeting: MeetingId, recorded: boolean): Promise<boolean> {
  let text: string;
  try {
    text = await readFile(join(data, "public", meeting, "state.json"), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return true;
    throw error;
  }
  const { ended, recording } = ReleasedState.parse(JSON.parse(text));
  return ended && (recording !== null || !recorded);
}
