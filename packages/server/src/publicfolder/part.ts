import type { Settings } from "@raadhuis/protocol/settings";
import type { Log } from "../log.ts";
import type { Meetings } from "../meetings/meetings.ts";
import type { Part } from "../parts/part.ts";
import type { Store } from "../store/store.ts";
import { Announcer } from "./announcer.ts";

export interface PublicFolderOptions {
  settings: Pick<Settings, "data">;
  store: Pick<Store, "house" | "record">;
  meetings: Pick<Meetings, "follow" | "loadReadable">;
  /** The body's time zone at this moment. */
  zone(): string;
  /** Throws unless it is this server's to write there at this moment. */
  mustBeOurs?: (() => Promise<unknown>) | undefined;
  /** The body has another name or time zone. */
  onBody(listener: () => void): void;
  log: Log;
}

/** What stands in the public folder of meetings to come. From the opening on egress writes there. */
export function publicFolderPart({ settings, onBody, ...options }: PublicFolderOptions) {
  const announcer = new Announcer({ ...options, data: settings.data });
  options.meetings.follow("announcements", (change) => announcer.follow(change));
  onBody(() => announcer.announceAnew());
  const part: Part = {
    name: "public folder",
    duty: { start: () => announcer.start(), stop: () => announcer.stop() },
  };
  return { part, announcer };
}
