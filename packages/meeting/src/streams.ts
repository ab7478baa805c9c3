import { z } from "zod";
import type { Actor } from "./actor.ts";
import { mustBeAllowedIn } from "./conditions.ts";
import type { RefusalCode } from "./refusal.ts";
import { mayEnter } from "./rights.ts";
import type { MeetingState } from "./state.ts";
import type { Viewer } from "./view.ts";

export const StreamName = z.string().regex(/^[a-z][a-z-]{0,31}$/);
/** Names a set of people within a stream. */
export const Audience = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/);

/**
 * A kind of ordered messages beside the record: each audience has its own, numbered from 1. What is said stays with those
 * it was said to, and can be erased. Both questions are asked of the present state at each message, are pure, and answer
 * `false` for an audience that there is not. There are finitely many audiences in a meeting.
 *
 * Whoever may read an audience may read all of it, from its first message on. So it is one set of people: where that
 * changes as when doors close, what is said then has an audience of its own (by the epoch's number, say), and the old one
 * takes nothing meanwhile. A page names the audience that it means, and it is never guessed from the state: words that were
 * meant for those behind closed doors are refused when the doors have just opened, and do not land with everybody.
 */
export interface StreamKind {
  /** As the store and the socket's messages have it; never changed, never used again. */
  readonly name: string;
  /** A message as it is stored: an object. What is not of this shape is refused. */
  readonly body: z.ZodType<object>;
  /** Its largest JSON, bytes, where MOST_BODY_BYTES is not enough. */
  readonly bodyBytes?: number;
  mayRead(state: MeetingState, viewer: Viewer, audience: string): boolean;
  /** May hold where `mayRead` does not: whoever puts something into a letterbox does not read what else is in it. */
  mayAppend(state: MeetingState, actor: Actor, audience: string): boolean;
}

/** Every copy of a message is as long, for each page that reads it. */
export const MOST_BODY_BYTES = 4 * 1024;

/** The kinds that a house has. */
export const streamKinds: readonly StreamKind[] = [];

/** May they read it at this moment? A seat that may not be in the chamber reads nothing, whatever its kind says. */
export function readsStream(kind: StreamKind, state: MeetingState, viewer: Viewer, audience: string): boolean {
  if (viewer.kind === "seat" && !mayEnter(state, viewer.seat)) return false;
  return kind.mayRead(state, viewer, audience);
}

export interface StreamRefusal {
  code: RefusalCode | "stream.unknown" | "stream.read-only";
  message: string;
}

/**
 * Why they may not append to it at this moment, if they may not. As with commands: a meeting that is over takes nothing
 * more, nor does a seat say anything that may not be in the chamber. That an audience exists is told to its readers only.
 */
export function refusesAppend(
  kind: StreamKind,
  state: MeetingState,
  actor: Actor,
  audience: string,
): StreamRefusal | undefined {
  if (state.phase === "ended") return { code: "meeting.ended", message: "The meeting is over." };
  const refusal = actor.kind === "seat" ? mustBeAllowedIn(state, actor.seat) : undefined;
  if (refusal) return refusal;
  if (kind.mayAppend(state, actor, audience)) return undefined;
  const viewer = viewerOf(actor);
  if (viewer && readsStream(kind, state, viewer, audience))
    return { code: "stream.read-only", message: "Whoever reads here does not write here." };
  return unknownStream;
}

function viewerOf(actor: Actor): Viewer | undefined {
  if (actor.kind === "house") return undefined;
  return actor.kind === "seat" ? actor : { kind: "office" };
}

export const unknownStream: StreamRefusal = {
  code: "stream.unknown",
  message: "There is no such stream, or no such audience for this seat.",
};
