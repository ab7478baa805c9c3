import type { Media } from "../media/part.ts";
import type { Hub, Page } from "../meetings/hub.ts";
import type { Feed } from "../store/feed/feed.ts";
import type { News, NewsOf } from "../store/feed/news.ts";

interface EndingsOptions {
  hub: Pick<Hub, "endSession">;
  media: Pick<Media, "endOfSeat" | "endOfSessions">;
}

/** Whatever ended a session, at whichever server: what it has open at this one ends, too. */
export function endWhatSessionsOpened(feed: Pick<Feed, "hear">, { hub, media }: EndingsOptions): void {
  const sessionsEnded = ({ sessions, of }: NewsOf<"sessions">) => {
    const ended = new Set(sessions);
    hub.endSession(({ session }) => ended.has(session));
    if (of) media.endOfSessions(of, sessions);
  };
  const linksRenewed = ({ meeting, seats }: NewsOf<"links">) => {
    const renewed = new Set(seats);
    const isTheirs = ({ who, ...page }: Page) =>
      page.meeting === meeting && who.kind === "seat" && renewed.has(who.seat);
    hub.endSession(isTheirs, "seat.new-link");
    // Of seats without a session too: a clerk who makes a link anew wants nobody to be there by what came before, and the
    // media server may have missed, while it was away, that an earlier session was over.
    for (const seat of seats) media.endOfSeat(meeting, seat);
  };
  feed.hear((news: News) => {
    if (news.kind === "sessions") sessionsEnded(news);
    else if (news.kind === "links") linksRenewed(news);
  });
}
