import type { MeetingId } from "@raadhuis/meeting";
import type { Feed } from "../store/feed/feed.ts";
import type { NewsOf } from "../store/feed/news.ts";
import type { Hub, Page } from "./hub.ts";

interface ToldPagesOptions {
  hub: Pick<Hub, "of" | "meetings" | "watch" | "watchLeaving">;
  feed: Feed;
  /** Our own id among the servers. */
  self: string;
}

type Told = Omit<NewsOf<"page">, "state"> & { state: "open" | "in" };

/** Tells the other servers of a house which pages are open at this one, each when it changes and all when one of them asks. */
export class ToldPages {
  readonly #options: ToldPagesOptions;
  readonly #ids = new WeakMap<Page, { id: string; openedAt: number }>();
  readonly #told = new Map<MeetingId, Map<string, Told>>();
  #last = 0;

  constructor(options: ToldPagesOptions) {
    this.#options = options;
    const { feed, hub, self } = options;
    if (!feed.shared) return;
    hub.watch((meeting) => this.check(meeting));
    hub.watchLeaving((leaver) => feed.tell([{ kind: "left", server: self, ...leaver }]));
    feed.hear((news) => {
      if (news.kind === "hello" && news.server !== self) this.tellAll();
    });
    feed.onGap(() => this.tellAll());
  }

  /** Something may have changed with the pages of this meeting. */
  check(meeting: MeetingId): void {
    const { hub, feed } = this.#options;
    if (!feed.shared) return;
    const before = this.#told.get(meeting) ?? new Map<string, Told>();
    const now = new Map(
      hub
        .of(meeting)
        .map((page) => this.#toldOf(page))
        .map((told) => [told.page, told] as const),
    );
    const gone = [...before.values()].filter(({ page }) => !now.has(page));
    const changed = [...now.values()].filter((told) => {
      const was = before.get(told.page);
      return !was || was.state !== told.state || JSON.stringify(was.line) !== JSON.stringify(told.line);
    });
    if (now.size > 0) this.#told.set(meeting, now);
    else this.#told.delete(meeting);
    feed.tell([...gone.map((told) => ({ ...told, state: "gone" as const })), ...changed]);
  }

  tellAll(): void {
    const { hub, feed, self } = this.#options;
    feed.tell([{ kind: "anew", server: self }]);
    this.#told.clear();
    for (const meeting of hub.meetings()) this.check(meeting);
  }

  #toldOf(page: Page): Told {
    const known = this.#ids.get(page) ?? { id: `${++this.#last}`, openedAt: Date.now() };
    this.#ids.set(page, known);
    return {
      kind: "page",
      server: this.#options.self,
      page: known.id,
      meeting: page.meeting,
      seat: page.who.kind === "seat" ? page.who.seat : null,
      session: page.session,
      state: page.isInChamber ? "in" : "open",
      openedAt: known.openedAt,
      line: page.line,
    };
  }
}
