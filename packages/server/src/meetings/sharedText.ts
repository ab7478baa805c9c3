import type { MeetingEvent, MeetingState, UnnumberedEvent } from "@raadhuis/meeting";
import type { ServerMessage } from "@raadhuis/protocol/socket";

/**
 * What goes to many pages alike is written once. Neither says of its number what it is in the record: pages number
 * events from their own welcome, so that no number tells how much happened where they could not be.
 */
export const eventsText = written((events: readonly MeetingEvent[]): Buffer => {
  const message: ServerMessage = { type: "events", events: events.map(unnumbered) };
  return Buffer.from(JSON.stringify(message));
});

/** A state as the first that a page has; its JSON. */
export const stateText = written((state: MeetingState): string => JSON.stringify({ ...state, version: 1 }));

export const unnumbered = ({ meeting: _meeting, version: _version, ...event }: MeetingEvent): UnnumberedEvent => event;

/** Remembers what was made of a value, for as long as that is there. */
function written<V extends object, W>(write: (value: V) => W): (value: V) => W {
  const known = new WeakMap<V, W>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const text = write(value);
    known.set(value, text);
    return text;
  };
}
