import { z } from "zod";
import type { MeetingEvent } from "../event.ts";
import { fold } from "../evolve.ts";
import type { MeetingState } from "../state.ts";
import { lift, UnreadableEvent } from "./lift.ts";
import { StoredEvent } from "./stored.ts";

/** A meeting as its record tells it. */
export interface Read {
  state: MeetingState;
  /** In today's words, as pages receive them. */
  events: MeetingEvent[];
  /** Hash of the last event. */
  head: string;
}

/**
 * Reads a meeting's record, of whatever formats, first event first; `undefined` of none. Throws UnreadableEvent where one
 * of the events is not known here, or cannot follow those before it. Whether the chain holds is verify's to say.
 * `before`: what was read of it already; `record` is what came after that, and `events` of the answer are all together.
 */
export function readRecord(record: readonly unknown[], before?: Read): Read | undefined {
  const events = [...(before?.events ?? [])];
  let { state, head }: Partial<Read> = before ?? {};
  for (const raw of record) {
    const parsed = StoredEvent.safeParse(raw);
    if (!parsed.success)
      throw new UnreadableEvent("event.malformed", { version: events.length + 1, type: typeOf(raw) });
    const event = lift(parsed.data);
    state = following(state, event, parsed.data);
    events.push(event);
    head = parsed.data.hash;
  }
  return state && head !== undefined ? { state, events, head } : undefined;
}

function following(
  state: MeetingState | undefined,
  event: MeetingEvent,
  stored: StoredEvent,
): MeetingState | undefined {
  try {
    return fold([event], state);
  } catch (error) {
    throw new UnreadableEvent("event.misplaced", stored, error);
  }
}

const typeOf = (raw: unknown): string => z.object({ type: z.string() }).safeParse(raw).data?.type ?? "?";
