import type { AnyRule } from "./command.ts";
import type { EventOf, EventType } from "./event.ts";
import type { Upcasts } from "./record/upcast.ts";
import type { ChapterName, shapes } from "./shapes.ts";
import type { MeetingState } from "./state.ts";

type Shapes<N extends ChapterName> = (typeof shapes)[N];
/** The part of the state that is a chapter's own: nobody else changes it. */
export type Part<N extends ChapterName> = Pick<MeetingState, keyof Shapes<N>["state"] & keyof MeetingState>;
/** What can happen in a chapter. */
export type Own<N extends ChapterName> = keyof Shapes<N>["events"] & EventType;

/** What becomes of a chapter's part by an event, of its own or of another chapter; what is not named stays. */
export type Reaction<N extends ChapterName, T extends EventType> = (
  state: MeetingState,
  event: EventOf<T>,
) => Partial<Part<N>>;

/** A meeting begins with this event: it is told of by `begin` alone. */
export type First = "meeting.planned";

/** One chapter of the rules. Its folder imports nothing of another's. */
export interface Chapter<N extends ChapterName, Rules extends readonly AnyRule[]> {
  name: N;
  commands: Rules;
  /** Its part of a meeting that was just planned. */
  begin(event: EventOf<First>): Part<N>;
  /** What its own events make of its part; and what others' do, which chapters before it have taken note of already. */
  evolve: { readonly [T in Exclude<Own<N>, First>]: Reaction<N, T> } & {
    readonly [T in Exclude<EventType, Own<N> | First>]?: Reaction<N, T>;
  };
  /** How its events are read that were written in an older format. */
  upcasts?: Upcasts;
}

export const chapter = <N extends ChapterName, const Rules extends readonly AnyRule[]>(
  parts: Chapter<N, Rules>,
): Chapter<N, Rules> => parts;
