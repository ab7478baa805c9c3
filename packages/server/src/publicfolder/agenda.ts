import type { MeetingState } from "@raadhuis/meeting";
import type { Announcement } from "@raadhuis/protocol/public";

/** The agenda as the public reads it: with its numbers, from 1; an erased title is empty. */
export const agendaOf = ({ agenda }: MeetingState): Announcement["agenda"] =>
  agenda.map(({ id, title }, index) => ({ id, number: index + 1, title: title ?? "" }));
