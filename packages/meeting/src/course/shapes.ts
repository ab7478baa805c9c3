import { z } from "zod";
import { Instant } from "../ids.ts";
import { erasable, worded, wordless } from "../shape.ts";
import { BodyName, MeetingKind, Phase, Title } from "../words.ts";

export const state = {
  kind: MeetingKind,
  body: erasable,
  title: erasable,
  startsAt: Instant,
  recording: z.boolean(),
  phase: Phase,
  openedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
};

const epoch = z.int().positive();

export const events = {
  "meeting.planned": worded(
    { kind: MeetingKind, startsAt: Instant, recording: z.boolean() },
    { body: BodyName, title: Title },
  ),
  /** `epoch`: the one it goes on in; a new one where it goes on air. */
  "meeting.opened": wordless({ epoch }),
  "meeting.suspended": wordless({}),
  "meeting.resumed": wordless({ epoch }),
  "meeting.closed": wordless({}),
};

export const refusals = [
  "meeting.unknown",
  "meeting.exists",
  "meeting.not-planned",
  "meeting.not-open",
  "meeting.not-suspended",
  "meeting.over",
  "meeting.kind",
] as const;
