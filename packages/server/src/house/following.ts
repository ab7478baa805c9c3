import { placesOf } from "@raadhuis/meeting";
import type { Hub } from "../meetings/hub.ts";
import type { Lines } from "../meetings/lines.ts";
import type { Change, Meetings } from "../meetings/meetings.ts";
import type { Presence } from "../meetings/presence.ts";
import type { Streams } from "../meetings/streams.ts";
import type { Media } from "./media.ts";
import type { PublicSide } from "./publicSide.ts";

interface Parts {
  meetings: Meetings;
  hub: Hub;
  lines: Lines;
  streams: Streams;
  presence: Presence;
  media: Media;
  publicSide: PublicSide;
}

/** Who hears of each change of a meeting, and of pages that come and go, in which order. */
export function followMeetings({ meetings, hub, lines, streams, presence, media, publicSide }: Parts): void {
  const { proxy, steward, attendance, occupancy } = media;

  /** Once the media server has a seat's new rights in a room its pages there may use them. */
  const followMedia = (change: Change) =>
    steward.follow(change, (seat, name) => {
      const state = meetings.peek(change.after.id);
      const place = state && placesOf(occupancy(state), seat).find(({ room }) => room.name === name);
      if (place)
        for (const page of hub.ofSeat(change.after.id, seat))
          if (page.isIn) page.send({ type: "rights", room: name, publish: place.rights.publish });
    });

  // Pages first: people move to a new room by the ticket they get here, while the old one is being deleted.
  meetings.follow((change) => hub.tell(change));
  meetings.follow(({ after }) => proxy.follow(after));
  meetings.follow(followMedia);
  meetings.follow((change) => publicSide.broadcasts.follow(change));
  meetings.follow((change) => publicSide.announcer.follow(change));

  hub.watch((meeting) => presence.check(meeting));
  hub.watch((meeting) => attendance.check(meeting));
  hub.watch((meeting) => lines.changed(meeting));
  hub.watch((meeting) => streams.check(meeting));
}
