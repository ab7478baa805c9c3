import type { Log } from "../log.ts";
import type { Part } from "../parts/part.ts";
import type { Store } from "../store/store.ts";
import { Meetings } from "./meetings.ts";

interface MeetingsOptions {
  store: Pick<Store, "record">;
  log: Log;
  now: () => number;
}

/** Meetings as the rules decide them: commands in, events into the store and out to the followers. */
export function meetingsPart({ store, log, now }: MeetingsOptions) {
  const meetings = new Meetings({ record: store.record, log, now });
  const part: Part = { name: "meetings" };
  return { part, meetings };
}
