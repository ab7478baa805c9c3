import { type Command, firstTwins, MeetingId, parseCommand, type Role, SeatId } from "@raadhuis/meeting";
import type { MeetingPlan, Organ } from "@raadhuis/protocol/http";
import { houseError } from "../errors.ts";
import { newId, newSecret } from "../random.ts";
import type { Body } from "../store/house.ts";

export interface Plan {
  meeting: MeetingId;
  commands: Command[];
  seats: {
    seat: SeatId;
    name: string;
    role: Role;
    secret: string;
    person?: string | undefined;
  }[];
}

/**
 * The commands that make a meeting, and for every seat a link's secret, and whom of the roster it is for: that is in no
 * command. Throws `request.malformed` on wrong words and on one person's second seat, and `seat.name-taken`, each with
 * where: the rules alone would say that, but not of which line.
 */
export function planFor(
  { kind, title, startsAt, recording, agenda, seats }: MeetingPlan,
  body: Pick<Body, "name" | "identifier">,
  organ: Organ | null,
): Plan {
  const twins = firstTwins(seats.map(({ name }) => name));
  if (twins) {
    const [line, other] = [twins.index + 1, twins.other + 1];
    const message = `Seats ${other} and ${line} have the same name.`;
    throw houseError("seat.name-taken", { message, at: { field: "seats", line, other } });
  }
  mustBeOnce(seats);
  const seated = seats.map((seat) => ({ ...seat, seat: SeatId.parse(newId()), secret: newSecret() }));
  const ours = { bodyId: body.identifier, body: body.name, organId: organ?.id ?? null, organ: organ?.name ?? null };
  const raw = [{ type: "planMeeting", kind, ...ours, title, startsAt, recording }];
  const items = agenda.map((item) => ({ type: "addItem", item: newId(), title: item }));
  const people = seated.map(({ seat, role, name, party }) => ({ type: "assignSeat", seat, role, name, party }));
  const commands = [...commandsOf(raw, "title"), ...commandsOf(items, "agenda"), ...commandsOf(people, "seats")];
  return { meeting: MeetingId.parse(newId()), commands, seats: seated };
}

function mustBeOnce(seats: MeetingPlan["seats"]): void {
  const lines = new Map<string, number>();
  for (const [index, { person }] of seats.entries()) {
    if (person === undefined) continue;
    const [line, other] = [index + 1, lines.get(person)];
    const message = `Seats ${other} and ${line} are for the same person.`;
    if (other !== undefined) throw houseError("request.malformed", { message, at: { field: "seats", line, other } });
    lines.set(person, line);
  }
}

const commandsOf = (list: readonly unknown[], field: string): Command[] =>
  list.map((raw, index) => {
    const parsed = parseCommand(raw);
    if ("problem" in parsed)
      throw houseError("request.malformed", { message: parsed.problem.message, at: { field, line: index + 1 } });
    return parsed.command;
  });
