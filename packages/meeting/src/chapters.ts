import { agenda } from "./agenda/chapter.ts";
import { course } from "./course/chapter.ts";
import { doors } from "./doors/chapter.ts";
import { floor } from "./floor/chapter.ts";
import { seats } from "./seats/chapter.ts";
import type { shapes } from "./shapes.ts";
import { slates } from "./slates/chapter.ts";

/** The rules of a meeting, chapter by chapter, in the order of shapes.ts. */
export const chapters = { course, doors, seats, agenda, floor, slates } satisfies {
  [N in keyof typeof shapes]: { name: N };
};
