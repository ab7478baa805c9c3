import { MeetingKind } from "../index.ts";
import type { Given, Tales } from "../testing/moment.ts";
import type { course } from "./chapter.ts";

export const tales: Tales<typeof course> = {};

export const planning = ({ choice, word }: Given) =>
  [MeetingKind.options, "public", "public"].flat().flatMap((kind) =>
    [true, false].map((recording) => ({
      type: "planMeeting" as const,
      kind: MeetingKind.parse(kind),
      body: word,
      title: word,
      startsAt: choice,
      recording,
    })),
  );
