import { type MeetingState, rightsOf, type Seat } from "@raadhuis/meeting";
import type { SessionView } from "../media/session.ts";
import { ShareTile } from "./ShareTile.tsx";
import { type Picture, Tile } from "./Tile.tsx";

interface Props {
  state: MeetingState;
  me: Seat;
  media: SessionView;
  ownCamera: MediaStreamTrack | null;
}

/**
 * Everybody in one grid; whoever has the floor, or speaks, is large; a shared screen is largest. Tiles stay the same
 * elements wherever they stand, so that no picture is torn down when the speaker changes.
 */
export function Stage({ state, me, media, ownCamera }: Props) {
  const seats = tilesOf(state, me, media);
  const shares = [...media.people].filter(([, person]) => person.screen !== null);
  const focus = shares.length > 0 || media.sharing ? null : focusOf(state, media, seats);
  const large = focus !== null || shares.length > 0 || media.sharing !== null;
  return (
    <div className="stage" data-layout={large ? "focus" : "equal"} data-count={Math.min(seats.length, 9)}>
      {media.sharing ? <ShareTile seat={me} self picture={{ local: media.sharing }} /> : null}
      {shares.map(([id, { screen }]) => {
        const seat = state.seats.find((one) => one.id === id);
        return seat && screen ? <ShareTile key={id} seat={seat} self={false} picture={{ remote: screen }} /> : null;
      })}
      {seats.map((seat) => (
        <Tile
          key={seat.id}
          seat={seat}
          self={seat.id === me.id}
          large={seat.id === focus}
          hand={state.floor.queue.includes(seat.id)}
          floor={state.floor.holder === seat.id}
          {...(seat.id === me.id ? own(media, ownCamera) : theirs(media, seat.id))}
        />
      ))}
    </div>
  );
}

type Shown = { picture: Picture | null; microphone: boolean; speaking: boolean; here: boolean };

const own = (media: SessionView, camera: MediaStreamTrack | null): Shown => ({
  picture: camera ? { local: camera } : null,
  microphone: media.sending.microphone,
  speaking: media.speaking,
  here: true,
});

function theirs(media: SessionView, seat: string): Shown {
  const person = media.people.get(seat);
  return {
    picture: person?.camera ? { remote: person.camera } : null,
    microphone: person?.microphoneOn ?? false,
    speaking: person?.speaking ?? false,
    here: person !== undefined,
  };
}

/** Those who are in or heard, oneself last; who only listens has a place in the list of people. */
function tilesOf(state: MeetingState, me: Seat, media: SessionView): Seat[] {
  const others = state.seats.filter(
    (seat) =>
      seat.id !== me.id &&
      !seat.removed &&
      hasTile(seat) &&
      (media.people.has(seat.id) || (seat.present && media.seen.has(seat.id))),
  );
  return hasTile(me) ? [...others, me] : others;
}

const hasTile = ({ role }: Seat): boolean => rightsOf(role).publish !== "never";

function focusOf(state: MeetingState, media: SessionView, seats: Seat[]): string | null {
  const shown = (id: string | null) => seats.some((seat) => seat.id === id);
  if (shown(state.floor.holder)) return state.floor.holder;
  return shown(media.spotlight) ? media.spotlight : null;
}
