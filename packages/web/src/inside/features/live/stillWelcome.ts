import * as api from "../../api/office.ts";
import type { Ending } from "../meeting/connection.ts";

/** Why the office's page of this meeting need not try again; `null`: whatever went wrong may pass. */
export async function stillWelcomeAt(meeting: string): Promise<Ending | null> {
  const session = await api.office();
  if (!session.ok) return endingOf(session.code);
  const meetings = await api.meetings();
  return meetings.ok && !meetings.value.some((known) => known.meeting === meeting) ? "meeting.unknown" : null;
}

/** `seat.no-session`: nobody is signed in at the office, or not any more. */
function endingOf(code: string): Ending | null {
  if (code === "page.outdated") return code;
  return code === "office.no-session" || code === "office.session-over" ? "seat.no-session" : null;
}
