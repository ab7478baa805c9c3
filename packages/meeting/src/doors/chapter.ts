import { chapter } from "../chapter.ts";
import { formOf } from "../forms.ts";
import type { Instant } from "../ids.ts";
import type { MeetingState } from "../state.ts";
import { closeDoors } from "./closeDoors.ts";
import { openDoors } from "./openDoors.ts";
import type { Epoch } from "./shapes.ts";

/** Open or closed doors, and the epochs that follow from them. */
export const doors = chapter({
  name: "doors",
  commands: [closeDoors, openDoors],
  begin: ({ at, structure }) => ({
    epoch: { number: 1, doors: formOf(structure).doors ? "open" : "closed", onAir: false, since: at, admitted: [] },
  }),
  evolve: {
    "doors.closed": (state, { at, structure: { epoch: number, admitted } }) =>
      aired(state, { ...state.epoch, number, doors: "closed", since: at, admitted }),
    "doors.opened": (state, { at, structure: { epoch: number } }) =>
      aired(state, { ...state.epoch, number, doors: "open", since: at, admitted: [] }),
    "meeting.opened": (state, { at, structure }) => aired(state, epochFrom(state.epoch, structure.epoch, at)),
    "meeting.resumed": (state, { at, structure }) => aired(state, epochFrom(state.epoch, structure.epoch, at)),
    "meeting.suspended": (state) => aired(state, state.epoch),
    "meeting.ended": (state) => aired(state, state.epoch),
  },
});

/** The epoch of this number: the present one goes on, or a new one begins with the same doors. */
const epochFrom = (epoch: Epoch, number: number, since: Instant): Epoch =>
  number === epoch.number ? epoch : { ...epoch, number, since };

/** Open doors of an open meeting with a gallery, and nothing else, are on air. */
const aired = (state: MeetingState, epoch: Epoch): { epoch: Epoch } => ({
  epoch: { ...epoch, onAir: formOf(state).gallery && state.phase === "open" && epoch.doors === "open" },
});
