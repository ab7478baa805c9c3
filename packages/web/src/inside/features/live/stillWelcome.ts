import { isSessionOver } from "../../api/again.ts";
import * as api from "../../api/office.ts";
import type { Welcome } from "../meeting/connection.ts";

/** Whether the office's page of this meeting goes on trying. */
export async function stillWelcomeAt(meeting: string): Promise<Welcome> {
  const session = await api.office();
  if (!session.ok) return welcomeOf(session.code);
  const meetings = await api.meetings();
  return meetings.ok && !meetings.value.some((known) => known.meeting === meeting) ? "meeting.unknown" : null;
}

/** `seat.no-session`: nobody is signed in at the office, or not any more. */
function welcomeOf(code: string): Welcome {
  if (code === "house.failed") return "unreachable";
  if (code === "page.outdated") return code;
  return isSessionOver({ code }) ? "seat.no-session" : null;
}
