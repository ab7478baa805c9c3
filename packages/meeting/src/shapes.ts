import * as agenda from "./agenda/shapes.ts";
import * as course from "./course/shapes.ts";
import * as doors from "./doors/shapes.ts";
import * as floor from "./floor/shapes.ts";
import * as seats from "./seats/shapes.ts";
import * as slates from "./slates/shapes.ts";

/**
 * What each chapter keeps of the state, what can happen in it, and why it refuses; chapters.ts has what it does. In the
 * order in which they take note of an event: each finds what those before it have made of it.
 */
export const shapes = { course, doors, seats, agenda, floor, slates };

export type ChapterName = keyof typeof shapes;

export const stateShapes = {
  ...course.state,
  ...doors.state,
  ...seats.state,
  ...agenda.state,
  ...floor.state,
  ...slates.state,
};

export const eventShapes = {
  ...course.events,
  ...doors.events,
  ...seats.events,
  ...agenda.events,
  ...floor.events,
  ...slates.events,
};

/** Every reason a command can be refused for. Stable: pages translate them, tests and scripts rely on them. */
export const refusalCodes = [
  ...course.refusals,
  ...doors.refusals,
  ...seats.refusals,
  ...agenda.refusals,
  ...floor.refusals,
  ...slates.refusals,
];
