import type { MeetingId, SeatId } from "@raadhuis/meeting";
import type { Log } from "../log.ts";
import { Listeners } from "../parts/listeners.ts";
import type { Feed } from "../store/feed/feed.ts";
import type { News, NewsOf } from "../store/feed/news.ts";

/** A server of which no beat was heard for so long is not there, and none of its pages. It beats every half second. */
const QUIET_MS = 3_000;
/** While we hear nothing ourselves we cannot tell who is silent. */
const DEAF_MS = 1_000;
const LOOK_MS = 500;

export type PageElsewhere = Omit<NewsOf<"page">, "kind">;

/** What is asked about the other servers of a house. */
export type Elsewhere = Pick<Others, "of" | "isHere" | "sessionsIn" | "onMoved" | "onLeft">;

/** A server alone. */
export const nobodyElsewhere: Elsewhere = {
  of: () => [],
  isHere: () => false,
  sessionsIn: () => [],
  onMoved: () => undefined,
  onLeft: () => undefined,
};

interface OthersOptions {
  feed: Feed;
  /** Our own id, whose news tell us nothing. */
  self: string;
  log: Log;
  quietMs?: number;
  now?: () => number;
}

interface Other {
  heardAt: number;
  pages: Map<string, PageElsewhere>;
}

/**
 * What is true at this moment at the other servers of this house, as they say by the feed: which pages are open there.
 * Kept nowhere; whoever begins anew asks. Alone there are none.
 */
export class Others {
  readonly #options: OthersOptions;
  readonly #now: () => number;
  readonly #servers = new Map<string, Other>();
  /** The same pages by meeting. */
  readonly #byMeeting = new Map<MeetingId, Set<PageElsewhere>>();
  readonly #whenMoved = new Listeners<[meeting: MeetingId]>();
  readonly #whenLeft = new Listeners<[left: NewsOf<"left">]>();
  #timer: NodeJS.Timeout | undefined;
  /** When we began to hear again after a time in which we did not. */
  #hearingSince: number;

  constructor(options: OthersOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#hearingSince = this.#now();
    if (options.feed.shared) options.feed.hear((news) => this.#hear(news));
  }

  start(): void {
    if (!this.#options.feed.shared) return;
    this.#timer = setInterval(() => this.look(), LOOK_MS);
    this.#options.feed.tell([{ kind: "hello", server: this.#options.self }]);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Called when a page elsewhere came into this meeting, moved on in it or went. */
  onMoved(listener: (meeting: MeetingId) => void): void {
    this.#whenMoved.add(listener);
  }

  /** Called when somebody pressed Leave elsewhere. */
  onLeft(listener: (left: NewsOf<"left">) => void): void {
    this.#whenLeft.add(listener);
  }

  of(meeting: MeetingId): readonly PageElsewhere[] {
    return [...(this.#byMeeting.get(meeting) ?? [])];
  }

  /** Is somebody in the chamber by a page of this seat? */
  isHere(meeting: MeetingId, seat: SeatId): boolean {
    for (const page of this.#byMeeting.get(meeting) ?? []) if (page.seat === seat && page.state === "in") return true;
    return false;
  }

  /** Of whoever is in the chamber. */
  sessionsIn(meeting: MeetingId): string[] {
    return this.of(meeting).flatMap(({ seat, state, session }) => (seat !== null && state === "in" ? [session] : []));
  }

  /** Lets go of those that are silent. */
  look(): void {
    const now = this.#now();
    if (this.#options.feed.silentMs() > DEAF_MS) {
      this.#hearingSince = now;
      return;
    }
    const { quietMs = QUIET_MS, log } = this.#options;
    for (const [server, { heardAt }] of this.#servers)
      if (now - Math.max(heardAt, this.#hearingSince) > quietMs) {
        log.warn({ server }, "another server is not there any more");
        this.#forget(server);
      }
  }

  #hear(news: News): void {
    if (!("server" in news) || news.server === this.#options.self) return;
    if (news.kind === "beat") this.#heartOf(news.server);
    else if (news.kind === "anew") this.#letGo(news.server);
    else if (news.kind === "page") this.#page(news);
    else if (news.kind === "left") this.#whenLeft.tell(news);
  }

  #heartOf(server: string): void {
    const known = this.#servers.get(server);
    if (known) {
      known.heardAt = this.#now();
      return;
    }
    this.#options.log.info({ server }, "another server is there");
    this.#servers.set(server, { heardAt: this.#now(), pages: new Map() });
    // What it said before we listened, or before we took it for gone.
    this.#options.feed.tell([{ kind: "hello", server: this.#options.self }]);
  }

  /** One of a server whose heart was never heard waits for that: all of them are said again then. */
  #page({ kind: _, ...page }: NewsOf<"page">): void {
    const pages = this.#servers.get(page.server)?.pages;
    if (!pages) return;
    const before = pages.get(page.page);
    const ofMeeting = this.#byMeeting.get(page.meeting) ?? new Set();
    this.#byMeeting.set(page.meeting, ofMeeting);
    if (before) ofMeeting.delete(before);
    if (page.state === "gone") pages.delete(page.page);
    else {
      pages.set(page.page, page);
      ofMeeting.add(page);
    }
    if (ofMeeting.size === 0) this.#byMeeting.delete(page.meeting);
    this.#whenMoved.tell(page.meeting);
  }

  #letGo(server: string): void {
    const other = this.#servers.get(server);
    if (!other) return;
    const meetings = new Set([...other.pages.values()].map(({ meeting }) => meeting));
    for (const page of other.pages.values()) {
      const ofMeeting = this.#byMeeting.get(page.meeting);
      ofMeeting?.delete(page);
      if (ofMeeting?.size === 0) this.#byMeeting.delete(page.meeting);
    }
    other.pages.clear();
    for (const meeting of meetings) this.#whenMoved.tell(meeting);
  }

  #forget(server: string): void {
    this.#letGo(server);
    this.#servers.delete(server);
  }
}
