import { conducts, type SeatId, seatOf } from "@raadhuis/meeting";
import type { ReactNode } from "react";
import { render } from "vitest-browser-react";
import { MediaContext } from "../inside/features/media/context.ts";
import { MeetingProvider } from "../inside/features/meeting/MeetingProvider.tsx";
import { MediaInMemory } from "./mediaInMemory.ts";
import { MeetingInMemory } from "./meetingInMemory.ts";

/** Draws a part of the chamber as somebody there has it before them. */
export async function showTo(
  self: SeatId,
  part: ReactNode,
  { meeting = new MeetingInMemory({ self }), media = new MediaInMemory() } = {},
) {
  const { state } = meeting.snapshot();
  const role = state && seatOf(state, self)?.role;
  if (!role) throw new Error(`${self} has no seat.`);
  const viewer = { seat: self, conducts: conducts(role) };
  const screen = await render(
    <MeetingProvider held={meeting} viewer={viewer}>
      <MediaContext value={media}>{part}</MediaContext>
    </MeetingProvider>,
  );
  return { screen, meeting, media };
}

/** The same at the office. */
export async function showAtOffice(part: ReactNode, meeting = new MeetingInMemory()) {
  const screen = await render(
    <MeetingProvider held={meeting} viewer={{ seat: null, conducts: true }}>
      {part}
    </MeetingProvider>,
  );
  return { screen, meeting };
}
