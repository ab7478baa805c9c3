import { MeetingId, type MeetingState } from "@raadhuis/meeting";
import { houseError } from "../errors.ts";
import type { Meetings } from "../meetings/meetings.ts";

/** Of the meeting that an address names. Throws `meeting.unknown`. */
export async function presentState(meetings: Pick<Meetings, "load">, meeting: string): Promise<MeetingState> {
  const id = MeetingId.safeParse(meeting);
  const live = id.success ? await meetings.load(id.data) : undefined;
  if (!live) throw houseError("meeting.unknown");
  return live.state;
}
