import type { MeetingId } from "@raadhuis/meeting";
import type { ErasedMessages, ServerMessage } from "@raadhuis/protocol/socket";
import type { Head, Message, Place, StreamStore } from "../store/streams.ts";

/** How far a page is in an audience: the last number it was sent, and how often something had been erased by then. */
export interface Has {
  number: number;
  erasures: number;
}

export const nothing: Has = { number: 0, erasures: 0 };

/** What a page is sent to be as far as its audience is, and how long that is. */
interface Rest {
  texts: Buffer[];
  bytes: number;
}

/** Messages and bytes of one audience that a page is sent at once, the newest. */
const MOST_MESSAGES = 200;
const MOST_BYTES = 256 * 1024;

/** Looked up and written once for all pages that miss the same: after a lost line they come back together. */
export class Missed {
  readonly #store: Pick<StreamStore, "messages" | "erased">;
  readonly #meeting: MeetingId;
  readonly #known = new Map<string, Promise<Rest>>();

  constructor(store: Pick<StreamStore, "messages" | "erased">, meeting: MeetingId) {
    this.#store = store;
    this.#meeting = meeting;
  }

  /** `most`: bytes that this page can be sent. */
  of(head: Head, has: Has, most: number): Promise<Rest> {
    const within = Math.min(most, MOST_BYTES);
    const key = JSON.stringify([head.stream, head.audience, has.number, has.erasures, within]);
    const known = this.#known.get(key) ?? this.#look(head, has, within);
    this.#known.set(key, known);
    return known;
  }

  async #look(head: Head, has: Has, most: number): Promise<Rest> {
    const place = { ...head, meeting: this.#meeting };
    // A page that has more than there is has it from a database that was lost since: none of it holds.
    const ahead = has.number > head.last;
    const erased = ahead ? { through: has.number, numbers: [] } : await this.#erased(place, head, has);
    const after = ahead ? 0 : has.number;
    const newest = after === head.last ? [] : await this.#store.messages(place, after, MOST_MESSAGES + 1);
    const messages = fitting(newest, most);
    const { stream, audience } = head;
    const rest: ServerMessage[] = [];
    if (erased.through > 0 || erased.numbers.length > 0) rest.push({ type: "erased", stream, audience, ...erased });
    if (newest.length > 0)
      rest.push({ type: "stream", stream, audience, messages, more: messages.length < newest.length });
    const texts = rest.map((message) => Buffer.from(JSON.stringify(message)));
    return { texts, bytes: texts.reduce((all, { length }) => all + length, 0) };
  }

  async #erased(place: Place, head: Head, has: Has): Promise<Pick<ErasedMessages, "through" | "numbers">> {
    if (has.number === 0 || has.erasures === head.erasures) return { through: 0, numbers: [] };
    return { through: head.erasedThrough, numbers: await this.#store.erased(place, has.number, has.erasures) };
  }
}

/** The newest of them that are not too many or too long. */
function fitting(messages: readonly Message[], most: number): Message[] {
  const fit: Message[] = [];
  let bytes = 0;
  for (const message of messages.slice(-MOST_MESSAGES).reverse()) {
    const length = Buffer.byteLength(JSON.stringify(message));
    if (bytes + length > most) break;
    bytes += length;
    fit.unshift(message);
  }
  return fit;
}
