import { join } from "node:path";
import { formOf, type MeetingState } from "@raadhuis/meeting";
import type { Announcement, PublicIndex } from "@raadhuis/protocol/public";
import type { Log } from "../log.ts";
import type { Change } from "../meetings/meetings.ts";
import type { Store } from "../store/store.ts";
import { agendaOf } from "./agenda.ts";
import { CurrentFiles } from "./current.ts";

const announced = new Set(["meeting.planned", "item.added", "item.removed"]);

/**
 * Tells the public which meetings there will be, and their agendas, in files for the gallery. From the opening on the
 * public hears of a meeting by the release of its broadcast and by nothing else. Meetings that are not public are
 * never named.
 */
export class Announcer {
  readonly #folder: string;
  readonly #store: Store;
  readonly #zone: () => string;
  readonly #files: CurrentFiles;

  /** `zone`: the body's time zone at this moment. */
  constructor({ data, store, zone, log }: { data: string; store: Store; zone: () => string; log: Log }) {
    this.#folder = join(data, "public");
    this.#store = store;
    this.#zone = zone;
    this.#files = new CurrentFiles(log);
  }

  follow({ before, after, events }: Change): void {
    if (!formOf(after).gallery || after.phase !== "planned") return;
    if (!events.some(({ type }) => announced.has(type))) return;
    this.announce(after);
    if (!before) this.list();
  }

  /** Writes a planned public meeting's announcement. */
  announce(state: MeetingState): void {
    if (!formOf(state).gallery || state.phase !== "planned") return;
    const { id: meeting, body, title, startsAt } = state;
    const text: Announcement = {
      meeting,
      body: body ?? "",
      title: title ?? "",
      startsAt,
      zone: this.#zone(),
      agenda: agendaOf(state),
    };
    this.#files.put(join(this.#folder, meeting, "announcement.json"), async () => text);
  }

  /** Writes the list of public meetings, when the house has a name. */
  list(): void {
    this.#files.put(join(this.#folder, "index.json"), async () => {
      const body = await this.#store.house.body();
      if (!body) return undefined;
      const meetings = (await this.#store.record.summaries())
        .filter((meeting) => formOf(meeting).gallery)
        .map(({ id, title, startsAt }) => ({ meeting: id, title: title ?? "", startsAt }));
      const index: PublicIndex = { body: body.name, zone: body.zone, meetings };
      return index;
    });
  }

  /** Resolves when everything asked so far has been tried; what could not be written is written at the next start. */
  stop(): Promise<void> {
    return this.#files.stop();
  }
}
