import type { MeetingId, MeetingState } from "@raadhuis/meeting";
import { houseError } from "../errors.ts";
import type { Meetings } from "../meetings/meetings.ts";

/** Does something to a meeting as it stands, while no command does. Throws `meeting.unknown`. */
export async function whileItStands<T>(
  meetings: Pick<Meetings, "load" | "inPresent">,
  meeting: MeetingId,
  work: (state: MeetingState) => Promise<T>,
): Promise<T> {
  const known = await meetings.load(meeting);
  if (!known) throw houseError("meeting.unknown");
  return meetings.inPresent(meeting, (live = known) => work(live.state));
}
