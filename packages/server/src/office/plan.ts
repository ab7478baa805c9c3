import { type Command, MeetingId, parseCommand, SeatId } from "@raadhuis/meeting";
import type { NewMeeting } from "@raadhuis/protocol";
import { houseError } from "../errors.ts";
import { newId, newSecret } from "../random.ts";

export interface Plan {
  meeting: MeetingId;
  commands: Command[];
  seats: { seat: SeatId; name: string; role: NewMeeting["seats"][number]["role"]; secret: string }[];
}

/** The commands that make a meeting, and a link's secret for every seat. Throws `request.malformed` on wrong words. */
export function planFor({ kind, title, startsAt, recording, agenda, seats }: NewMeeting, body: string): Plan {
  const seated = seats.map((seat) => ({
    ...seat,
    party: seat.party === "" ? null : seat.party,
    seat: SeatId.parse(newId()),
    secret: newSecret(),
  }));
  const raw = [
    { type: "planMeeting", kind, body, title, startsAt, recording },
    ...agenda.map((item) => ({ type: "addItem", item: newId(), title: item })),
    ...seated.map(({ seat, role, name, party }) => ({ type: "assignSeat", seat, role, name, party })),
  ];
  return { meeting: MeetingId.parse(newId()), commands: raw.map(commandOf), seats: seated };
}

function commandOf(raw: unknown): Command {
  const parsed = parseCommand(raw);
  if ("problem" in parsed) throw houseError("request.malformed", parsed.problem.message);
  return parsed.command;
}
