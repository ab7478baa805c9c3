import { join } from "node:path";
import { formOf, type MeetingState } from "@raadhuis/meeting";
import type { Announcement, PublicIndex } from "@raadhuis/protocol/public";
import type { Log } from "../log.ts";
import type { Change, Meetings } from "../meetings/meetings.ts";
import type { Store } from "../store/store.ts";
import { agendaOf } from "./agenda.ts";
import { CurrentFiles } from "./current.ts";

const announced = new Set(["meeting.planned", "item.added", "item.removed"]);

interface AnnouncerOptions {
  /** Throws unless it is this server's to write at this moment. */
  mustBeOurs?: (() => Promise<unknown>) | undefined;
  /** The folder of all that the house keeps. */
  data: string;
  store: Pick<Store, "house" | "record">;
  meetings: Pick<Meetings, "loadReadable">;
  /** The body's time zone at this moment. */
  zone(): string;
  log: Log;
}

/**
 * Tells the public which meetings there will be, and their agendas, in files for the gallery, while it is on duty. From the
 * opening on the public hears of a meeting by the release of its broadcast and by nothing else. Meetings that are not
 * public are never named.
 */
export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #folder: string;
  /** None while it is not on duty; others each time. */
  #files: CurrentFiles | undefined;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
    this.#folder = join(options.data, "public");
  }

  /** Begins with all that there is to be told. */
  async start(): Promise<void> {
    this.#files ??= new CurrentFiles(this.#options.log);
    await this.#announcePlanned();
    this.#list();
  }

  /** Resolves when everything asked so far has been tried; what could not be written is written at the next start. */
  async stop(): Promise<void> {
    const files = this.#files;
    this.#files = undefined;
    await files?.stop();
  }

  follow({ before, after, events }: Change): void {
    if (!formOf(after).gallery || after.phase !== "planned") return;
    if (!events.some(({ type }) => announced.has(type))) return;
    this.#announce(after);
    if (!before) this.#list();
  }

  /** The body has another name or time zone: the public reads it everywhere. */
  announceAnew(): void {
    this.#list();
    this.#announcePlanned().catch((error) =>
      this.#options.log.error({ err: error }, "planned meetings could not be announced anew"),
    );
  }

  async #announcePlanned(): Promise<void> {
    const { store, meetings } = this.#options;
    for (const { id, kind, phase } of await store.record.summaries()) {
      if (!formOf({ kind }).gallery || phase !== "planned") continue;
      const live = await meetings.loadReadable(id);
      if (live) this.#announce(live.state);
    }
  }

  /** Writes a planned public meeting's announcement. */
  #announce(state: MeetingState): void {
    if (!formOf(state).gallery || state.phase !== "planned") return;
    const { id: meeting, body, title, startsAt } = state;
    const text: Announcement = {
      meeting,
      body: body ?? "",
      title: title ?? "",
      startsAt,
      zone: this.#options.zone(),
      agenda: agendaOf(state),
    };
    this.#files?.put(join(this.#folder, meeting, "announcement.json"), async () => {
      await this.#options.mustBeOurs?.();
      return text;
    });
  }

  /** Writes the list of public meetings, when the house has a name. */
  #list(): void {
    const { house, record } = this.#options.store;
    this.#files?.put(join(this.#folder, "index.json"), async () => {
      await this.#options.mustBeOurs?.();
      const body = await house.body();
      if (!body) return undefined;
      const meetings = (await record.summaries())
        .filter((meeting) => formOf(meeting).gallery)
        .map(({ id, title, startsAt }) => ({ meeting: id, title: title ?? "", startsAt }));
      const index: PublicIndex = { body: body.name, zone: body.zone, meetings };
      return index;
    });
  }
}
