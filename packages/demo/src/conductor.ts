import { z } from "zod";
import type { Line } from "./line.ts";

/** Between two acts, ms; an item takes several. */
const STEP_MS = 15_000;
const STEPS_FOR_ITEM = 4;

const State = z.object({
  phase: z.string(),
  item: z.string().nullable(),
  agenda: z.array(z.object({ id: z.string() })),
  floor: z.object({ holder: z.string().nullable() }),
});
const Event = z.object({ type: z.string(), structure: z.looseObject({ item: z.string().optional() }) });

/** What conducts: nobody but whoever leads a meeting does these. */
const steering = /^(meeting|doors|item|floor)\./;

/** What the conductor knows of the meeting. */
export interface Course {
  phase: string;
  item: string | null;
  agenda: readonly string[];
  holder: string | null;
}

/** The next act of a council in session; `null`: there is nothing to do now. @param step counts up from 0 */
export function nextAct(
  course: Course,
  { step, speakers }: { step: number; speakers: readonly string[] },
): { type: string; item?: string; seat?: string } | null {
  if (course.phase === "planned") return { type: "openMeeting" };
  if (course.phase !== "open") return null;
  const present = course.item === null ? -1 : course.agenda.indexOf(course.item);
  const next = course.agenda[present + 1];
  if (next !== undefined && (present < 0 || step % STEPS_FOR_ITEM === 0)) return { type: "startItem", item: next };
  const others = speakers.filter((seat) => seat !== course.holder);
  const seat = others[step % Math.max(others.length, 1)];
  return seat === undefined ? null : { type: "giveFloor", seat };
}

/**
 * Leads the demo's meeting from the office: opens it, goes through the agenda, gives the synthetic members the floor in
 * turn. As soon as somebody else leads, it lets them, for good.
 */
export class Conductor {
  readonly #line: Line;
  readonly #speakers: readonly string[];
  #course: Course | null = null;
  #timer: NodeJS.Timeout | undefined;
  #step = 0;
  /** Own commands under way: what happens meanwhile is their doing. */
  #unanswered = 0;

  constructor(line: Line, speakers: readonly string[]) {
    this.#line = line;
    this.#speakers = speakers;
    line.on("state", (raw) => this.#begin(raw));
    line.on("events", (events) => {
      for (const event of events) this.#see(event);
    });
    line.on("answered", () => {
      this.#unanswered--;
    });
    line.on("out", () => this.stop());
  }

  start(): void {
    this.#line.open();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#line.close();
  }

  #begin(raw: unknown): void {
    const { phase, item, agenda, floor } = State.parse(raw);
    this.#unanswered = 0;
    this.#course = { phase, item, agenda: agenda.map(({ id }) => id), holder: floor.holder };
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#act(), STEP_MS);
    this.#act();
  }

  #see(raw: unknown): void {
    const { type, structure } = Event.parse(raw);
    if (this.#unanswered === 0 && steering.test(type)) this.stop();
    if (!this.#course) return;
    if (type === "meeting.opened") {
      this.#course = { ...this.#course, phase: "open" };
      setImmediate(() => this.#act()); // straight to the first item
    }
    if (type === "item.started" && structure.item) this.#course = { ...this.#course, item: structure.item };
    if (type === "floor.given" && typeof structure.seat === "string")
      this.#course = { ...this.#course, holder: structure.seat };
  }

  #act(): void {
    const act = this.#course && nextAct(this.#course, { step: this.#step++, speakers: this.#speakers });
    if (!act) return;
    if (this.#line.command(act)) this.#unanswered++;
  }
}
