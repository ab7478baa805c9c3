import type { Welcome } from "@raadhuis/client";
import { isSessionOver } from "../../api/again.ts";
import { ASKED_AGAIN, api, inSession } from "../../api/house.ts";

/** Whether the office's page of this meeting goes on trying. */
export async function stillWelcomeAt(meeting: string): Promise<Welcome> {
  const session = await api.office.get({}, ASKED_AGAIN);
  if (!session.ok) return welcomeOf(session.code);
  const meetings = await inSession.meetings.list();
  return meetings.ok && !meetings.value.some((known) => known.meeting === meeting) ? "meeting.unknown" : "welcome";
}

/** `seat.no-session`: nobody is signed in at the office, or not any more. */
function welcomeOf(code: string): Welcome {
  if (code === "house.failed") return "unreachable";
  if (code === "page.outdated") return code;
  return isSessionOver({ code }) ? "seat.no-session" : "welcome";
}
