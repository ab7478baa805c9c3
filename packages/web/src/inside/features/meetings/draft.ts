import { MeetingKind, Role } from "@raadhuis/meeting";
import { z } from "zod";
import type { Start } from "./StartField.tsx";
import { nextHour } from "./wallTime.ts";

const Words = z.object({ name: z.string(), party: z.string().nullable(), role: Role });

export const meetingDraft = z.object({
  title: z.string(),
  /** Id of the organ; empty: the body as a whole. */
  organ: z.string(),
  start: z.object({ wall: z.string(), second: z.boolean() }) satisfies z.ZodType<Start>,
  kind: MeetingKind,
  recording: z.boolean(),
  agenda: z.string(),
  /** Whether numbers, letters and bullets in front are taken off. */
  marks: z.boolean(),
  seats: z.object({
    /** Of the roster, those who get no seat. */
    left: z.array(z.string()),
    /** For this meeting only. */
    extra: z.array(Words),
  }),
});
export type MeetingDraft = z.infer<typeof meetingDraft>;

export const emptyFor = (zone: string): MeetingDraft => ({
  title: "",
  organ: "",
  start: { wall: nextHour(Date.now(), zone), second: false },
  kind: "public",
  recording: true,
  agenda: "",
  marks: true,
  seats: { left: [], extra: [] },
});
