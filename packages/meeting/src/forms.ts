import type { MeetingKind } from "./words.ts";

/** What a kind of meeting has. */
export interface Form {
  /** The public watches: a broadcast, an announcement, a place in the gallery. */
  gallery: boolean;
  /** It may be recorded. Only what is broadcast is ever recorded. */
  recording: boolean;
  /** Doors that open and close. Without them it is behind closed doors from the beginning to the end. */
  doors: boolean;
  agenda: boolean;
}

const forms: Readonly<Record<MeetingKind, Form>> = {
  public: { gallery: true, recording: true, doors: true, agenda: true },
  private: { gallery: false, recording: false, doors: false, agenda: true },
  call: { gallery: false, recording: false, doors: false, agenda: false },
};

/** The one place that says what follows from a meeting's kind. */
export const formOf = ({ kind }: { kind: MeetingKind }): Form => forms[kind];
