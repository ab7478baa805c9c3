import { Allowance } from "../http/allowance.ts";
import type { Log } from "../log.ts";
import { Bookmarks } from "../meetings/bookmarks.ts";
import type { ConnectionContext } from "../meetings/context.ts";
import type { Hub } from "../meetings/hub.ts";
import type { Lines } from "../meetings/lines.ts";
import type { Meetings } from "../meetings/meetings.ts";
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
  publicSide: Pick<PublicSide, "tellHealth">;
  /** The body's time zone at this moment. */
  zone(): string;
  log: Log;
}

/** What open pages ask of the rest of the house, and tell it. */
export const contextOfPages = ({
  meetings,
  hub,
  lines,
  streams,
  presence,
  media,
  publicSide,
  zone,
  log,
}: Parts): ConnectionContext => ({
  meetings,
  hub,
  bookmarks: new Bookmarks(),
  streams,
  allowance: new Allowance(),
  occupancy: media.occupancy,
  ticketsFor: media.ticketsFor,
  greetOffice: (meeting) => {
    publicSide.tellHealth(meeting);
    lines.tell(meeting);
  },
  personActs: (meeting, seat) => presence.acts(meeting, seat),
  personLeft: ({ meeting, seat, session }) => {
    presence.left(meeting, seat);
    media.attendance.left({ meeting, session });
  },
  lineChanged: (meeting) => lines.changed(meeting),
  endMedia: media.endOfSeat,
  zone,
  log,
});
