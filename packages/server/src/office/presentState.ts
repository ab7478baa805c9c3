import type { MeetingId, MeetingState } from "@raadhuis/meeting";
import { houseError } from "../errors.ts";
import type { Meetings } from "../meetings/meetings.ts";

/** Throws `meeting.unknown`. */
export async function presentState(meetings: Pick<Meetings, "load">, meeting: MeetingId): Promise<MeetingState> {
  const live = await meetings.load(meeting);
  if (!live) throw houseError("meeting.unknown");
  return live.state;
}
