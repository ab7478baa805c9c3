import {
  Audience,
  type MeetingId,
  type MeetingState,
  MOST_BODY_BYTES,
  readsStream,
  refusesAppend,
  type StreamKind,
  StreamName,
  type StreamRefusal,
  unknownStream,
} from "@raadhuis/meeting";
import type { AppendMessage, LastNumbers } from "@raadhuis/protocol/socket";
import { z } from "zod";
import { HouseError, houseError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Head, Place, StreamStore } from "../store/streams.ts";
import type { Hub, Page } from "./hub.ts";
import type { Live, Meetings } from "./meetings.ts";
import { type Has, Missed, nothing } from "./missedMessages.ts";
import { actorOf } from "./who.ts";

interface StreamsOptions {
  kinds: readonly StreamKind[];
  store: StreamStore;
  meetings: Pick<Meetings, "inPresent" | "inTurn" | "peek">;
  hub: Pick<Hub, "of">;
  log: Log;
  now?: () => number;
}

/** What one page is sent of all its audiences when it comes back, bytes: far from where a page counts as too slow. */
const MOST_AT_ONCE = 1024 * 1024;

/**
 * What is said to audiences, beside the record. All of it happens in the meeting's turn, so that each right is asked of
 * the present state. There is one way for words to reach a page: it is compared how far each page is with how far its
 * audiences are, after each append and erasure, and whenever a page or the meeting moved. So it is the same for whoever
 * was there, was away, or was not let in meanwhile.
 */
export class Streams {
  readonly #kinds: ReadonlyMap<string, StreamKind>;
  readonly #store: StreamStore;
  readonly #meetings: StreamsOptions["meetings"];
  readonly #hub: StreamsOptions["hub"];
  readonly #log: Log;
  readonly #now: () => number;
  /** What each page has, by stream and audience. */
  readonly #has = new WeakMap<Page, Map<string, Has>>();
  /** Meetings whose pages will be looked at in a turn that has not come yet. */
  readonly #due = new Set<MeetingId>();

  constructor({ kinds, store, meetings, hub, log, now = Date.now }: StreamsOptions) {
    this.#kinds = new Map(kinds.map((kind) => [StreamName.parse(kind.name), kind]));
    if (this.#kinds.size < kinds.length) throw new Error("Two kinds of streams have one name.");
    this.#store = store;
    this.#meetings = meetings;
    this.#hub = hub;
    this.#log = log;
    this.#now = now;
  }

  /** A page says how far it has read. Where it may read there is seen to when it has come in. */
  resume(page: Page, numbers: LastNumbers = {}): void {
    const has = Object.entries(numbers).map(([key, number]) => [key, { number, erasures: 0 }] as const);
    this.#has.set(page, new Map(has));
  }

  /** Pages of this meeting came or were let in, or rights in it have changed. */
  check(meeting: MeetingId): void {
    if (this.#kinds.size === 0 || this.#due.has(meeting)) return;
    this.#due.add(meeting);
    void this.#meetings.inTurn(meeting, () => {
      this.#due.delete(meeting);
      return this.#tell(meeting);
    });
  }

  /** Puts a page's message where it says, and answers. Throws the refusal. */
  async append(page: Page, message: AppendMessage): Promise<void> {
    const { meeting } = page;
    // Before its turn: how long that takes to come would tell how much happens inside.
    mustBeInside(page);
    try {
      const number = await this.#meetings.inPresent(meeting, (live) => this.#append(page, message, live));
      page.send({ type: "done", id: message.id, ...(number === undefined ? {} : { number }) });
    } catch (error) {
      if (error instanceof HouseError) this.#log.info({ meeting, code: error.code }, "an append was refused");
      throw error;
    }
  }

  /** The words of these messages go; `all`: whatever was said to this audience so far. */
  async erase(place: Place, numbers: readonly number[] | "all"): Promise<void> {
    await this.#meetings.inTurn(place.meeting, async () => {
      if (numbers === "all") await this.#store.eraseAll(place);
      else await this.#store.eraseWords(place, numbers);
      await this.#tell(place.meeting);
    });
  }

  /** The number, for whoever may read it. */
  async #append(
    page: Page,
    { id, stream, audience, after, body }: AppendMessage,
    live: Live | undefined,
  ): Promise<number | undefined> {
    mustBeInside(page);
    const { meeting } = page;
    const by = actorOf(page.who);
    const kind = this.#kinds.get(stream);
    if (!live || !kind || !Audience.safeParse(audience).success) throw refused(unknownStream);
    const place = { meeting, stream, audience };
    const reads = readsStream(kind, live.state, page.who, audience);
    const done = await this.#store.doneAppend(place, by, id);
    if (done !== undefined) return reads ? done : undefined;
    const refusal = refusesAppend(kind, live.state, by, audience);
    if (refusal) throw refused(refusal);
    if (after !== undefined && !reads)
      throw houseError("command.malformed", "Whoever does not read an audience knows no number of it.");
    const parsed = parsedBody(kind, body);
    const appended = await this.#store.append({ ...place, by, id, after, body: parsed, now: this.#now() });
    if ("refused" in appended) throw houseError(appended.refused);
    // Not to whom: an audience may be two people.
    this.#log.info({ meeting, stream }, "appended");
    await this.#tell(meeting);
    return reads ? appended.number : undefined;
  }

  /** In the meeting's turn: brings every page as far as its audiences are. Never fails: what is missed comes next time. */
  async #tell(meeting: MeetingId): Promise<void> {
    try {
      const pages = this.#hub.of(meeting).filter(isInside);
      const state = this.#meetings.peek(meeting);
      if (!state || pages.length === 0) return;
      const heads = await this.#store.heads(meeting);
      if (heads.length === 0) return;
      const missed = new Missed(this.#store, meeting);
      for (const page of pages) await this.#bring(page, { state, heads, missed });
    } catch (error) {
      this.#log.error({ err: error, meeting }, "what was said could not be told");
    }
  }

  async #bring(page: Page, { state, heads, missed }: { state: MeetingState; heads: Head[]; missed: Missed }) {
    let left = MOST_AT_ONCE;
    for (const head of heads) {
      const { stream, audience } = head;
      const kind = this.#kinds.get(stream);
      if (!kind || !readsStream(kind, state, page.who, audience)) continue;
      const all = this.#has.get(page);
      const has = all?.get(`${stream}/${audience}`) ?? nothing;
      if (has.number === head.last && has.erasures === head.erasures) continue;
      const { texts, bytes } = await missed.of(head, has, left);
      // It may have gone while that was read.
      if (!isInside(page)) return;
      left -= bytes;
      for (const text of texts) page.sendText(text);
      all?.set(`${stream}/${audience}`, { number: head.last, erasures: head.erasures });
    }
  }
}

/** Who has come into the chamber or looks from the office; whoever is in the lobby or outside its doors has not. */
const isInside = (page: Page): boolean => (page.who.kind === "seat" ? page.isInChamber : page.isIn);

/** Whether there is such a stream is not told out there either. */
function mustBeInside(page: Page): void {
  if (!isInside(page)) throw houseError("seat.not-admitted");
}

const refused = ({ code, message }: StreamRefusal) => houseError(code, message);

function parsedBody(kind: StreamKind, body: object): object {
  const parsed = kind.body.safeParse(body);
  if (!parsed.success) throw houseError("command.malformed", z.prettifyError(parsed.error));
  const bytes = Buffer.byteLength(JSON.stringify(parsed.data));
  if (bytes > (kind.bodyBytes ?? MOST_BODY_BYTES)) throw houseError("request.too-large");
  return parsed.data;
}
