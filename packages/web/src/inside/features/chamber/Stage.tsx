import { type MeetingState, rightsOf, type Seat } from "@raadhuis/meeting";
import { useMedia } from "../media/context.ts";
import type { SessionView } from "../media/session.ts";
import { useMe, useMeeting } from "../meeting/context.ts";
import { ShareTile } from "./ShareTile.tsx";
import styles from "./Stage.module.css";
import { Tile } from "./Tile.tsx";

/**
 * Everybody in one grid; whoever has the floor, or speaks, is large; a shared screen is largest. Tiles stay the same
 * elements wherever they stand, so that no picture is torn down when the speaker changes, and each looks for itself what
 * of it is another.
 */
export function Stage() {
  const me = useMe();
  const seats = useMeeting(({ seats }) => seats);
  const holder = useMeeting(({ floor }) => floor.holder);
  const { sharing, spotlight } = useMedia(({ sharing, spotlight }) => ({ sharing, spotlight }));
  const heard = useMedia(({ people }) => [...people.keys()]);
  const seen = useMedia(({ seen }) => [...seen]);
  const sharers = useMedia(({ people }) => [...people].filter(([, { screen }]) => screen !== null).map(([id]) => id));
  const shown = tilesOf(seats, me, { heard, seen });
  const isShared = sharing !== null || sharers.length > 0;
  const focus = isShared ? null : focusOf({ holder, spotlight }, shown);
  return (
    <div
      className={styles.stage}
      data-layout={focus !== null || isShared ? "focus" : "equal"}
      data-count={Math.min(shown.length, 9)}
    >
      {sharing ? <ShareTile seat={me} self picture={sharing} /> : null}
      {sharers.map((id) => {
        const seat = seats.find((one) => one.id === id);
        return seat ? <SharedBy key={id} seat={seat} /> : null;
      })}
      {shown.map((seat) => (
        <Tile key={seat.id} seat={seat} self={seat.id === me.id} large={seat.id === focus} />
      ))}
    </div>
  );
}

function SharedBy({ seat }: { seat: Seat }) {
  const screen = useMedia(({ people }) => people.get(seat.id)?.screen ?? null);
  return screen ? <ShareTile seat={seat} self={false} picture={screen} /> : null;
}

/** Those who are in or heard, oneself last; who only listens has a place in the list of people. */
function tilesOf(seats: readonly Seat[], me: Seat, { heard, seen }: { heard: string[]; seen: string[] }): Seat[] {
  const others = seats.filter(
    (seat) =>
      seat.id !== me.id &&
      !seat.removed &&
      hasTile(seat) &&
      (heard.includes(seat.id) || (seat.present && seen.includes(seat.id))),
  );
  return hasTile(me) ? [...others, me] : others;
}

const hasTile = ({ role }: Seat): boolean => rightsOf(role).publish !== "never";

type Wanted = Pick<MeetingState["floor"], "holder"> & Pick<SessionView, "spotlight">;

function focusOf({ holder, spotlight }: Wanted, seats: readonly Seat[]): string | null {
  const shown = (id: string | null) => seats.some((seat) => seat.id === id);
  if (shown(holder)) return holder;
  return shown(spotlight) ? spotlight : null;
}
