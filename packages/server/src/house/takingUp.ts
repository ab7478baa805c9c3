import { formOf } from "@raadhuis/meeting";
import type { Meetings } from "../meetings/meetings.ts";
import type { Presence } from "../meetings/presence.ts";
import { isAnythingReleased } from "../publicfolder/released.ts";
import type { Summary } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { PublicSide } from "./publicSide.ts";

interface Parts {
  /** The folder of all that the house keeps. */
  data: string;
  store: Pick<Store, "record">;
  meetings: Pick<Meetings, "loadReadable">;
  presence: Pick<Presence, "check">;
  publicSide: Pick<PublicSide, "announcer" | "broadcasts">;
}

/** When the house opens: meetings that are not over, or not all broadcast, are taken up where they were. */
export async function takeUpMeetings({ data, store, meetings, presence, publicSide }: Parts): Promise<void> {
  const { announcer, broadcasts } = publicSide;
  for (const summary of await store.record.summaries()) {
    if (isDone(summary)) continue;
    const begun = await isAnythingReleased(data, summary.id);
    const live = await meetings.loadReadable(summary.id);
    if (!live) continue;
    broadcasts.takeUp(summary, live.events, begun);
    announcer.announce(live.state);
    presence.check(summary.id);
  }
  announcer.list();
}

/** Over, and nothing more to be broadcast of it. */
export const isDone = ({ phase, kind, broadcastOver }: Summary): boolean =>
  phase === "ended" && (broadcastOver || !formOf({ kind }).gallery);
