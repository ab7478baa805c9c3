import { MeetingId, SeatId } from "@raadhuis/meeting";
import type { Log } from "../log.ts";
import type { Hub } from "../meetings/hub.ts";
import type { OverSession, SessionStore } from "../store/sessions.ts";
import type { Trail } from "../trail/trail.ts";

export interface KeeperOptions {
  sessions: Pick<SessionStore, "endOver" | "use">;
  hub: Pick<Hub, "all">;
  trail: Pick<Trail, "note">;
  log: Log;
  now: () => number;
  /** How often it looks. */
  everyMs?: number | undefined;
}

/** Long against a second, short against every lifetime. */
const EVERY_MS = 60_000;

/** Ends sessions whose time is over, and has it noted; open pages count as use. */
export class SessionKeeper {
  readonly #options: KeeperOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checking: Promise<void> | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  start(): void {
    const { everyMs = EVERY_MS, log } = this.#options;
    this.#timer = setTimeout(() => {
      this.#checking = this.check()
        .catch((error) => log.error({ err: error }, "sessions could not be looked through"))
        .finally(() => this.#timer && this.start());
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#checking;
  }

  async check(): Promise<void> {
    const { sessions, hub, now } = this.#options;
    // First: a machine that slept wakes up with pages that are open.
    await sessions.use([...new Set([...hub.all()].map(({ session }) => session))], now());
    for (const over of await sessions.endOver(now())) this.#note(over);
  }

  #note({ meeting, seat, clerk, end }: OverSession): void {
    const { trail } = this.#options;
    if (clerk !== null) {
      trail.note({ kind: "office.session-ended", result: end, clerk });
      return;
    }
    const [of, at] = [MeetingId.safeParse(meeting), SeatId.safeParse(seat)];
    if (!of.success || !at.success) return;
    // A meeting's end is one thing that happened, not one for each of its seats.
    const who = end === "session.meeting-ended" ? { meeting: of.data } : { meeting: of.data, seat: at.data };
    trail.note({ kind: "seat.session-ended", result: end, ...who });
  }
}
