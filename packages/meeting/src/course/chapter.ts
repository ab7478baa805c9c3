import { chapter } from "../chapter.ts";
import { endMeeting } from "./endMeeting.ts";
import { openMeeting } from "./openMeeting.ts";
import { resumeMeeting } from "./resumeMeeting.ts";
import { suspendMeeting } from "./suspendMeeting.ts";
import { upcasts } from "./upcasts.ts";

/** A meeting from its planning (planMeeting.ts) to its end. */
export const course = chapter({
  name: "course",
  commands: [openMeeting, suspendMeeting, resumeMeeting, endMeeting],
  begin: ({ structure, payload }) => ({
    ...structure,
    body: payload?.body ?? null,
    organ: payload?.organ ?? null,
    title: payload?.title ?? null,
    phase: "planned",
    openedAt: null,
    endedAt: null,
  }),
  evolve: {
    "meeting.opened": (_state, { at }) => ({ phase: "open", openedAt: at }),
    "meeting.suspended": () => ({ phase: "suspended" }),
    "meeting.resumed": () => ({ phase: "open" }),
    "meeting.ended": (_state, { at }) => ({ phase: "ended", endedAt: at }),
  },
  upcasts,
});
