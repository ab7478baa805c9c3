import { type Actor, conducts, type MeetingState, type StreamKind, seatOf, type Viewer } from "@raadhuis/meeting";
import { z } from "zod";

const isOfDesk = (state: MeetingState, whose: Actor | Viewer): boolean =>
  whose.kind !== "seat" || conducts(seatOf(state, whose.seat)?.role ?? "observer");

/**
 * A kind of stream to try streams on: `all` is everybody, `desk` those who conduct; everybody reads the `board`, on which
 * the desk writes, and may put something into the `box`, which the desk reads.
 */
export const notes: StreamKind = {
  name: "notes",
  body: z.strictObject({ text: z.string() }),
  mayRead: (state, viewer, audience) =>
    ["all", "board"].includes(audience) || (["desk", "box"].includes(audience) && isOfDesk(state, viewer)),
  mayAppend: (state, actor, audience) =>
    ["all", "box"].includes(audience) || (["desk", "board"].includes(audience) && isOfDesk(state, actor)),
};
