import { isOver, type MeetingConnection } from "@raadhuis/client";
import type { CommandInput, MeetingState } from "@raadhuis/meeting";

/** Between two acts; an item takes several. */
const STEP_MS = 15_000;
const STEPS_FOR_ITEM = 4;

/** The next act of a council in session; `null`: there is nothing to do now. `step`: counts up from 0. */
export function nextAct(
  { phase, item, agenda, floor }: Pick<MeetingState, "phase" | "item" | "agenda" | "floor">,
  { step, speakers }: { step: number; speakers: readonly string[] },
): CommandInput | null {
  if (phase === "planned") return { type: "openMeeting" };
  if (phase !== "open") return null;
  const present = agenda.findIndex(({ id }) => id === item);
  const next = agenda[present + 1];
  if (next && (present < 0 || step % STEPS_FOR_ITEM === 0)) return { type: "startItem", item: next.id };
  const others = speakers.filter((seat) => seat !== floor.holder);
  const seat = others[step % Math.max(others.length, 1)];
  return seat === undefined ? null : { type: "giveFloor", seat };
}

/** Whether somebody has led the meeting from one state to a later one. */
export function isLed(before: MeetingState, after: MeetingState): boolean {
  const items = ({ agenda }: MeetingState) => agenda.map(({ id }) => id).join();
  return (
    before.phase !== after.phase ||
    before.epoch.number !== after.epoch.number ||
    before.item !== after.item ||
    items(before) !== items(after) ||
    (before.floor.holder !== after.floor.holder && !isGivenBack(before, after))
  );
}

/** Whoever leaves, or is removed, while they have the floor gives it back, and nobody led. */
const isGivenBack = (before: MeetingState, { floor, seats }: MeetingState): boolean =>
  floor.holder === null && !seats.some(({ id, present }) => id === before.floor.holder && present);

type Held = Pick<MeetingConnection, "snapshot" | "subscribe" | "start" | "stop" | "command">;

/**
 * Leads the demo's meeting from the office: opens it, goes through the agenda, gives the synthetic members the floor in
 * turn. As soon as somebody else leads, it lets them, for good.
 */
export class Conductor {
  readonly #connection: Held;
  readonly #speakers: readonly string[];
  #seen: MeetingState | null = null;
  #timer: NodeJS.Timeout | undefined;
  #step = 0;
  #over = false;
  /** Own commands under way: what happens meanwhile is their doing. */
  #unanswered = 0;

  constructor(connection: Held, speakers: readonly string[]) {
    this.#connection = connection;
    this.#speakers = speakers;
    connection.subscribe(() => this.#look());
  }

  start(): void {
    this.#connection.start();
  }

  stop(): void {
    this.#over = true;
    clearInterval(this.#timer);
    this.#connection.stop();
  }

  #look(): void {
    if (this.#over) return;
    const snapshot = this.#connection.snapshot();
    const before = this.#seen;
    this.#seen = snapshot.state;
    const isLedByOthers = before && this.#seen && this.#unanswered === 0 && isLed(before, this.#seen);
    if (isOver(snapshot) || isLedByOthers) this.stop();
    else if (snapshot.link === "open" && !this.#timer) {
      this.#timer = setInterval(() => void this.#act(), STEP_MS);
      void this.#act();
    }
  }

  async #act(): Promise<void> {
    const { state, link } = this.#connection.snapshot();
    const act = state && link === "open" && nextAct(state, { step: this.#step++, speakers: this.#speakers });
    if (!act) return;
    this.#unanswered++;
    const { ok } = await this.#connection.command(act);
    this.#unanswered--;
    // Straight to the first item.
    if (ok && act.type === "openMeeting" && !this.#over) void this.#act();
  }
}
