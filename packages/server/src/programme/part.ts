import type { MeetingId } from "@raadhuis/meeting";
import type { FromChild } from "@raadhuis/protocol/children";
import type { Settings } from "@raadhuis/protocol/settings";
import type { Log } from "../log.ts";
import type { Steward } from "../media/steward.ts";
import type { Tickets } from "../media/tickets.ts";
import type { Hub } from "../meetings/hub.ts";
import type { Meetings } from "../meetings/meetings.ts";
import type { Part } from "../parts/part.ts";
import type { Store } from "../store/store.ts";
import { Broadcasts } from "./broadcasts.ts";
import { Storage } from "./storage.ts";

export interface ProgrammeOptions {
  settings: Pick<Settings, "data" | "delayMs" | "locale">;
  store: Pick<Store, "record">;
  meetings: Meetings;
  hub: Pick<Hub, "meetings" | "tellHealth" | "watchOffices">;
  media: { tickets: Pick<Tickets, "forEgress">; steward: Pick<Steward, "media" | "onHealth"> };
  /** The body's time zone at this moment. */
  zone(): string;
  /** Throws unless it is this server's to order anything at this moment. */
  mustBeOurs?: (() => Promise<unknown>) | undefined;
  /** To the supervisor. */
  tell(message: FromChild): void;
  log: Log;
  now: () => number;
}

/** The broadcasts, room to keep them in, and what the office is told of both and of the media server. */
export function programmePart(options: ProgrammeOptions) {
  const { settings, store, meetings, hub, media, log } = options;
  const { tickets, steward } = media;
  const storage = new Storage(settings.data);
  const broadcasts = new Broadcasts({ ...options, record: store.record, tickets });

  const tellHealth = (meeting: MeetingId) => {
    const state = meetings.peek(meeting);
    if (state) hub.tellHealth(meeting, broadcasts.health(state, { media: steward.media, left: storage.left }));
  };
  const tellAllHealth = () => {
    for (const meeting of hub.meetings()) tellHealth(meeting);
  };
  meetings.follow("broadcasts", (change) => broadcasts.follow(change));
  hub.watchOffices(tellHealth);
  broadcasts.onHealth(tellHealth);
  steward.onHealth(tellAllHealth);
  storage.onChange((left) => {
    if (left === "enough") log.info("there is room again where the data is kept");
    else log[left === "low" ? "warn" : "error"]({ left }, "little room is left where the data is kept");
    tellAllHealth();
  });

  const part: Part = {
    name: "programme",
    duty: {
      async start() {
        storage.start();
        await broadcasts.start();
      },
      async stop() {
        await Promise.all([broadcasts.stop(), storage.stop()]);
      },
    },
  };
  return { part, broadcasts };
}
