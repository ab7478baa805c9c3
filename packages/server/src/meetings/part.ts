import type { MeetingId } from "@raadhuis/meeting";
import type { Log } from "../log.ts";
import type { Part } from "../parts/part.ts";
import type { Store } from "../store/store.ts";
import { isDone } from "./done.ts";
import { Meetings } from "./meetings.ts";

interface MeetingsOptions {
  store: Pick<Store, "feed" | "record">;
  log: Log;
  now: () => number;
}

/** Meetings as the rules decide them: commands in, events into the store and out to the followers, at whichever server. */
export function meetingsPart({ store, log, now }: MeetingsOptions) {
  const { feed, record } = store;
  const meetings = new Meetings({ record, log, now });
  /** Whoever is on duty follows all of them, and not only those that somebody looks at here. */
  let onDuty = false;

  const catchUp = (meeting: MeetingId) =>
    void meetings
      .catchUp(meeting)
      .catch((error) => log.error({ err: error, meeting }, "a meeting was not caught up with"));
  const catchUpAll = async () => {
    for (const meeting of meetings.loadedIds()) catchUp(meeting);
    if (!onDuty) return;
    for (const summary of await record.summaries())
      if (!isDone(summary) && !meetings.peek(summary.id)) catchUp(summary.id);
  };
  if (feed.shared) {
    feed.hear((news) => {
      if (news.kind !== "meeting") return;
      const known = meetings.peek(news.meeting);
      if (known ? known.version < news.version : onDuty) catchUp(news.meeting);
    });
    feed.onGap(() => void catchUpAll().catch((error) => log.error({ err: error }, "meetings were not caught up with")));
  }

  const part: Part = {
    name: "meetings",
    duty: {
      start() {
        onDuty = true;
      },
      stop() {
        onDuty = false;
      },
    },
  };
  return { part, meetings };
}
