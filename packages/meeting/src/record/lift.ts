import { z } from "zod";
import { chapters } from "../chapters.ts";
import { eventTypes, type MeetingEvent, parseEvent } from "../event.ts";
import { formatOf, formats } from "./formats.ts";
import type { StoredEvent } from "./stored.ts";
import { actors, type Happened, type Upcast } from "./upcast.ts";

export type Unreadable = "format.unknown" | "event.unknown" | "event.malformed" | "event.misplaced";

/** An event that this version of the house does not know; it came of a later one, or was changed by hand. */
export class UnreadableEvent extends Error {
  readonly code: Unreadable;
  readonly version: number;

  constructor(code: Unreadable, { version, type }: Pick<StoredEvent, "version" | "type">, cause?: unknown) {
    super(`Event ${version} (${type}) cannot be read: ${code}.`, { cause });
    this.name = "UnreadableEvent";
    this.code = code;
    this.version = version;
  }
}

/** By the index of the format that is left: what each kind of event is in the next one. */
const steps: readonly ((event: Happened) => Happened)[] = formats.slice(0, -1).map((format) => {
  const all = Object.values(chapters).flatMap(({ upcasts }) => Object.entries(upcasts?.[format] ?? {}));
  const byType: ReadonlyMap<string, Upcast> = new Map(all);
  const actor = actors[format];
  return (event) => {
    const lifted = byType.get(event.type)?.(event) ?? event;
    return actor ? { ...lifted, by: actor(lifted.by) } : lifted;
  };
});

/** What a stored event says in today's words. What was written stays as it is. Throws UnreadableEvent. */
export function lift(stored: StoredEvent): MeetingEvent {
  const format = formatOf(stored);
  if (!format) throw new UnreadableEvent("format.unknown", stored);
  const { format: _format, salt: _salt, payloadHash: _payloadHash, hash: _hash, ...written } = stored;
  let event: Happened = written;
  for (const step of steps.slice(formats.indexOf(format))) event = step(event);
  const isKnown = eventTypes.some((type) => type === event.type);
  if (!isKnown) throw new UnreadableEvent("event.unknown", stored);
  try {
    return parseEvent(event);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new UnreadableEvent("event.malformed", stored, error);
  }
}
