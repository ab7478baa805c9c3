import { type MeetingId, type SeatId, type StreamKind, streamKinds } from "@raadhuis/meeting";
import { BEAT_MS } from "@raadhuis/protocol/socket";
import type { Log } from "../log.ts";
import type { Part } from "../parts/part.ts";
import { type Elsewhere, nobodyElsewhere } from "../servers/others.ts";
import type { Store } from "../store/store.ts";
import { isDone } from "./done.ts";
import { Hub } from "./hub.ts";
import { Lines } from "./lines.ts";
import type { Meetings } from "./meetings.ts";
import { Presence } from "./presence.ts";
import { Streams } from "./streams.ts";
import { ToldPages } from "./toldPages.ts";

/** The server goes away (RFC 6455, 7.4.1). */
const CLOSE_GOING_AWAY = 1001;

export interface ChamberOptions {
  store: Pick<Store, "feed" | "record" | "streams">;
  meetings: Meetings;
  /** Pages at other servers; `self`: this one's name among them. */
  elsewhere?: Elsewhere | undefined;
  self?: string;
  /** How long after its last page a seat counts as gone. */
  graceMs?: number | undefined;
  /** How long after its last page a seat keeps the floor. */
  floorGraceMs?: number | undefined;
  /** Between two beats on each socket. */
  beatMs?: number | undefined;
  /** What can be said to audiences, beside the record. */
  streams?: readonly StreamKind[] | undefined;
  log: Log;
  now: () => number;
}

/** Those who are there: their open pages, who is present, how good their lines are, and what is said to some of them. */
export function chamberPart({ store, meetings, log, now, ...options }: ChamberOptions) {
  const { elsewhere = nobodyElsewhere, self = "" } = options;
  const hub = new Hub();
  const isHere = (meeting: MeetingId, seat: SeatId) => hub.isHere(meeting, seat) || elsewhere.isHere(meeting, seat);
  const presence = new Presence({ ...options, meetings, hub: { isHere }, log });
  const lines = new Lines(hub, { elsewhere });
  const told = new ToldPages({ hub, feed: store.feed, self });
  const streams = new Streams({ kinds: options.streams ?? streamKinds, store: store.streams, meetings, hub, log, now });

  meetings.follow("pages", (change) => hub.tell(change));
  hub.watch((meeting) => presence.check(meeting));
  hub.watch((meeting) => lines.changed(meeting));
  hub.watch((meeting) => streams.check(meeting));
  hub.watchLeaving(({ meeting, seat }) => presence.left(meeting, seat));
  hub.watchOffices((meeting) => lines.tell(meeting));
  lines.onChanged((meeting) => told.check(meeting));
  elsewhere.onMoved((meeting) => {
    presence.check(meeting);
    lines.changed(meeting);
  });

  if (store.feed.shared) {
    store.feed.hear((news) => {
      if (news.kind === "said") streams.check(news.meeting);
    });
    store.feed.onGap(() => {
      for (const meeting of hub.meetings()) streams.check(meeting);
    });
  }

  let beats: NodeJS.Timeout | undefined;
  const part: Part = {
    name: "chamber",
    start() {
      beats = setInterval(() => {
        for (const page of hub.all()) page.beat();
      }, options.beatMs ?? BEAT_MS);
    },
    stop() {
      clearInterval(beats);
      // The pages that go now go because the server does: nobody is said to have left.
      presence.stop();
      lines.stop();
      for (const page of hub.all()) page.close(CLOSE_GOING_AWAY, "the server goes away");
    },
    duty: {
      /** Whoever the record says is here has a page, or leaves in a while. */
      async start() {
        for (const summary of await store.record.summaries())
          if (!isDone(summary) && (await meetings.loadReadable(summary.id))) presence.check(summary.id);
      },
      stop: () => undefined,
    },
  };
  return { part, hub, presence, lines, streams };
}
