import { formOf, type MeetingId } from "@raadhuis/meeting";
import type { FromChild } from "@raadhuis/protocol/children";
import type { Settings } from "@raadhuis/protocol/settings";
import type { Log } from "../log.ts";
import type { Hub } from "../meetings/hub.ts";
import type { Meetings } from "../meetings/meetings.ts";
import { Broadcasts } from "../programme/broadcasts.ts";
import { Storage } from "../programme/storage.ts";
import { Announcer } from "../publicfolder/announcer.ts";
import type { Store } from "../store/store.ts";
import type { Media } from "./media.ts";

interface Parts {
  settings: Settings;
  store: Store;
  meetings: Meetings;
  hub: Hub;
  media: Pick<Media, "steward" | "tickets">;
  /** The body's time zone at this moment. */
  zone(): string;
  /** To the supervisor. */
  tell(message: FromChild): void;
  log: Log;
  now: () => number;
}

export type PublicSide = ReturnType<typeof publicSideOf>;

/** What the public gets: announcements and broadcasts, room to keep them in, and what the office is told of all that. */
export function publicSideOf({ settings, store, meetings, hub, media, zone, tell, log, now }: Parts) {
  const { steward, tickets } = media;
  const announcer = new Announcer({ data: settings.data, store, zone, log });

  const tellHealth = (meeting: MeetingId) => {
    const state = meetings.peek(meeting);
    if (state) hub.tellHealth(meeting, broadcasts.health(state, { media: steward.media, left: storage.left }));
  };
  const tellAllHealth = () => {
    for (const meeting of hub.meetings()) tellHealth(meeting);
  };

  const over = (meeting: MeetingId) => store.record.endBroadcast(meeting);
  const broadcasts = new Broadcasts({ meetings, tickets, settings, zone, tell, over, tellHealth, log, now });
  const storage = new Storage(settings.data, (left) => {
    if (left === "enough") log.info("there is room again where the data is kept");
    else log[left === "low" ? "warn" : "error"]({ left }, "little room is left where the data is kept");
    tellAllHealth();
  });
  steward.onHealth(tellAllHealth);

  const announcePlanned = async () => {
    for (const { id, kind, phase } of await store.record.summaries()) {
      if (!formOf({ kind }).gallery || phase !== "planned") continue;
      const live = await meetings.loadReadable(id);
      if (live) announcer.announce(live.state);
    }
  };
  /** The body has another name or time zone: the public reads it everywhere. */
  const announceAnew = () => {
    announcer.list();
    announcePlanned().catch((error) => log.error({ err: error }, "planned meetings could not be announced anew"));
  };

  return { announcer, broadcasts, storage, tellHealth, announceAnew };
}
