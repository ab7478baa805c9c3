import type { NewMeeting, Organ, Person } from "@raadhuis/protocol/http";
import type { MeetingDraft } from "./draft.ts";

/** Id of the organ that is chosen; empty: the body as a whole, also where that organ is not there any more. */
export const organOf = ({ organ }: Pick<MeetingDraft, "organ">, organs: readonly Organ[]): string =>
  organs.some(({ id }) => id === organ) ? organ : "";

/** The seats of a meeting: those of the roster, who are known to the house as these persons, then those who are not on it. */
export const seatsOf = ({ left, extra }: MeetingDraft["seats"], people: readonly Person[]): NewMeeting["seats"] => [
  ...people
    .filter(({ id }) => !left.includes(id))
    .map(({ id, name, party, role }) => ({ name, party, role, person: id })),
  ...extra,
];
