import { formOf, type MeetingState } from "@raadhuis/meeting";
import type { ComponentType } from "react";
import type { IconName } from "../../../design/parts/Icon.tsx";
import type { PlainKey } from "../../words.ts";
import type { Viewer } from "../meeting/context.ts";
import { Agenda } from "../meeting/parts/Agenda.tsx";
import { People } from "../meeting/parts/People.tsx";
import { Queue } from "../meeting/parts/Queue.tsx";

/** What stands beside the pictures: all of it in a column, or on a small screen one at a time, by a tab. */
export interface Panel {
  id: string;
  icon: IconName;
  /** Key of its tab's words. */
  title: PlainKey;
  /** For whom, and when. Without it: for everybody, always. */
  isFor?(state: MeetingState, viewer: Viewer): boolean;
  /**
   * What there is in it that somebody would want to know of, by a name each. What comes to it while it is not in sight
   * is counted on its tab.
   */
  signs?(state: MeetingState, viewer: Viewer): readonly string[];
  Content: ComponentType;
}

/** In the order of their tabs. */
export const panels: readonly Panel[] = [
  {
    id: "agenda",
    icon: "list",
    title: "panel.agenda",
    isFor: (state) => formOf(state).agenda,
    signs: ({ item }) => (item === null ? [] : [item]),
    Content: Agenda,
  },
  {
    id: "floor",
    icon: "hand",
    title: "panel.floor",
    signs: ({ floor }, { seat }) => floor.queue.filter((id) => id !== seat),
    Content: Queue,
  },
  { id: "people", icon: "people", title: "panel.people", Content: People },
];
