import { chapter } from "../chapter.ts";
import { closeMeeting } from "./closeMeeting.ts";
import { openMeeting } from "./openMeeting.ts";
import { resumeMeeting } from "./resumeMeeting.ts";
import { suspendMeeting } from "./suspendMeeting.ts";

/** A meeting from its planning (planMeeting.ts) to its end. */
export const course = chapter({
  name: "course",
  commands: [openMeeting, suspendMeeting, resumeMeeting, closeMeeting],
  begin: ({ structure: { kind, startsAt, recording }, payload }) => ({
    kind,
    body: payload?.body ?? null,
    title: payload?.title ?? null,
    startsAt,
    recording,
    phase: "planned",
    openedAt: null,
    closedAt: null,
  }),
  evolve: {
    "meeting.opened": (_state, { at }) => ({ phase: "open", openedAt: at }),
    "meeting.suspended": () => ({ phase: "suspended" }),
    "meeting.resumed": () => ({ phase: "open" }),
    "meeting.closed": (_state, { at }) => ({ phase: "closed", closedAt: at }),
  },
});
