import { type MeetingRoom, type MeetingState, type Occupancy, occupancyOf, roomName } from "@raadhuis/meeting";

/**
 * As breakouts would be, for four seats: the first is in `main` and `left` at once, the second in `main` and `right`, the
 * third in `left` alone, the fourth in `right` alone. With a raised hand nobody is in `right`; from the first item on, and
 * before the opening, all are in one room.
 */
export function threeRooms(state: MeetingState): Occupancy {
  const rooms = occupancyOf(state);
  const [main] = rooms;
  if (!main || state.phase === "planned" || state.item !== null) return rooms;
  const some = (part: string | undefined, ...places: number[]): MeetingRoom => {
    const seats = places.map((place) => state.seats[place]?.id);
    const belongs = ({ kind, identity }: MeetingRoom["occupants"][number]) =>
      kind === "seat" ? seats.some((seat) => seat === identity) : part === undefined;
    const name = roomName(state.id, main.epoch, part);
    return { name, epoch: main.epoch, occupants: main.occupants.filter(belongs) };
  };
  const right = some("right", 1, 3);
  const quiet = ({ identity }: { identity: string }) => !state.floor.queue.some((seat) => seat === identity);
  return [some(undefined, 0, 1), some("left", 0, 2), { ...right, occupants: right.occupants.filter(quiet) }];
}
