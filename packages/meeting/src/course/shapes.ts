import { z } from "zod";
import { BodyId, Instant, OrganId } from "../ids.ts";
import { erasable, worded, wordless } from "../shape.ts";
import { BodyName, MeetingKind, OrganName, Phase, Title } from "../words.ts";

export const state = {
  kind: MeetingKind,
  /** `null` of a record that is older than these. */
  bodyId: BodyId.nullable(),
  /** `null` also where the meeting is of the body as a whole. */
  organId: OrganId.nullable(),
  body: erasable,
  organ: erasable,
  title: erasable,
  startsAt: Instant,
  recording: z.boolean(),
  phase: Phase,
  openedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
};

const epoch = z.int().positive();

export const events = {
  "meeting.planned": worded(
    {
      kind: MeetingKind,
      startsAt: Instant,
      recording: z.boolean(),
      bodyId: BodyId.nullable(),
      organId: OrganId.nullable(),
    },
    { body: BodyName, organ: OrganName.nullable(), title: Title },
  ),
  /** `epoch`: the one it goes on in; a new one where it goes on air. */
  "meeting.opened": wordless({ epoch }),
  "meeting.suspended": wordless({}),
  "meeting.resumed": wordless({ epoch }),
  "meeting.ended": wordless({}),
};

export const refusals = [
  "meeting.unknown",
  "meeting.exists",
  "meeting.not-planned",
  "meeting.not-open",
  "meeting.not-suspended",
  "meeting.ended",
  "meeting.kind",
] as const;
