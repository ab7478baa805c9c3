import { randomBytes } from "node:crypto";
import {
  type Actor,
  beginningOf,
  type Command,
  decide,
  evolve,
  fold,
  type KeptOut,
  keptOutAfter,
  type MeetingEvent,
  type MeetingId,
  type MeetingState,
  type NewEvent,
  nobodyKeptOut,
  type Read,
  type RefusalCode,
  readRecord,
  type StoredEvent,
  seal,
  stamp,
  UnreadableEvent,
} from "@raadhuis/meeting";
import { SerialByKey } from "@raadhuis/process";
import type { ErrorCode } from "@raadhuis/protocol/http";
import { HouseError, houseError } from "../errors.ts";
import type { Log } from "../log.ts";
import { type Append, type RecordStore, VersionConflict } from "../store/record.ts";

/** A meeting as its events have made it. */
export interface Live extends Readonly<Read> {
  /** Until when each seat was kept out. */
  keptOut: KeptOut;
}

/**
 * What every follower of meetings is told, after it is in the store, whichever server put it there. `before`: undefined
 * when it was just planned, or is heard of for the first time; `events` are all there are then.
 */
export interface Change {
  before: MeetingState | undefined;
  after: MeetingState;
  events: readonly MeetingEvent[];
}

interface Follower {
  name: string;
  tell(change: Change): void;
}

/** A command and whose it is. */
export interface GivenCommand {
  meeting: MeetingId;
  command: Command;
  actor: Actor;
  /** Whose the command id is, and which: the same one is not done twice. */
  once?: { actor: string; id: string } | undefined;
  /** The version the page had in view; refused when it is another by now. */
  version?: number | undefined;
}

/** What is kept beside the record of a meeting that is planned. */
export type Beside = Required<Pick<Append, "invitations">> & Pick<Append, "persons">;

export type Outcome = { version: number } | { refusal: { code: RefusalCode | ErrorCode; message: string } };

/** Decisions on a meeting that others changed at the same moment are taken anew, this many times. */
const ATTEMPTS = 5;

/** Commands in, events into the store and out to the followers. One command at a time for each meeting. */
export class Meetings {
  readonly #record: RecordStore;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #live = new Map<MeetingId, Live>();
  readonly #turns = new SerialByKey<MeetingId>();
  readonly #followers: Follower[] = [];
  readonly #unreadable = new Set<MeetingId>();

  constructor({ record, log, now = Date.now }: { record: RecordStore; log: Log; now?: () => number }) {
    this.#record = record;
    this.#log = log;
    this.#now = now;
  }

  /** Followers are told in the order they came, each change once; they return at once and do their work later. */
  follow(name: string, tell: Follower["tell"]): void {
    this.#followers.push({ name, tell });
  }

  /** Who hears of each change, in which order. */
  get followers(): string[] {
    return this.#followers.map(({ name }) => name);
  }

  /** The meeting as it is known here; `undefined` when there is none. Throws `meeting.unreadable`: it is not for this version. */
  async load(meeting: MeetingId): Promise<Live | undefined> {
    const known = this.#live.get(meeting);
    return known ?? this.#read(meeting);
  }

  /** The same for whoever looks through all of them: one that cannot be read is as one that is not there. */
  loadReadable(meeting: MeetingId): Promise<Live | undefined> {
    return unlessUnreadable(this.load(meeting));
  }

  /** The same of how it stands in the store. */
  presentReadable(meeting: MeetingId): Promise<Live | undefined> {
    return unlessUnreadable(this.present(meeting));
  }

  /**
   * The meeting as it stands in the store at this moment, for whatever must not be done by an older state. Never asked in a
   * meeting's turn, as it may wait for one. Throws as `load`.
   */
  async present(meeting: MeetingId): Promise<Live | undefined> {
    const live = await this.load(meeting);
    if (!live || (await this.#record.version(meeting)) === live.state.version) return live;
    return this.catchUp(meeting);
  }

  /** Another server may have added to the record: followers here are told of it, too. Throws as `load`. */
  catchUp(meeting: MeetingId): Promise<Live | undefined> {
    return this.inTurn(meeting, () => this.#catchUp(meeting));
  }

  /** In the meeting's turn. */
  async #catchUp(meeting: MeetingId): Promise<Live | undefined> {
    const live = this.#live.get(meeting);
    const further = await this.#record.events(meeting, live?.state.version);
    if (further.length === 0) return live;
    const read = this.#readable(meeting, further, live);
    // A reader may have put it into memory meanwhile. Nothing is added to what is there but in its turn.
    const before = live ?? this.#live.get(meeting);
    if (!read || (before && before.state.version >= read.state.version)) return before;
    return this.#goOn(before, read, read.events.slice(before?.events.length));
  }

  /** Was it found to be of a kind that this version cannot read? */
  isUnreadable(meeting: MeetingId): boolean {
    return this.#unreadable.has(meeting);
  }

  async #read(meeting: MeetingId): Promise<Live | undefined> {
    const read = this.#readable(meeting, await this.#record.events(meeting));
    if (!read) return undefined;
    // Another caller may have loaded it, and a command changed it, while this one read.
    const meanwhile = this.#live.get(meeting);
    if (meanwhile && meanwhile.state.version >= read.state.version) return meanwhile;
    const live = { ...read, keptOut: keptOutIn(read.events) };
    this.#live.set(meeting, live);
    return live;
  }

  #readable(meeting: MeetingId, record: readonly unknown[], before?: Read): Read | undefined {
    try {
      return readRecord(record, before);
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      // What is known of it is not how it stands, and nothing may be decided on that.
      this.#live.delete(meeting);
      if (!this.#unreadable.has(meeting)) this.#log.error({ err: error, meeting }, "a meeting's record cannot be read");
      this.#unreadable.add(meeting);
      throw houseError("meeting.unreadable", error.message);
    }
  }

  /** Those that are in memory. */
  loadedIds(): MeetingId[] {
    return [...this.#live.keys()];
  }

  /** The meeting, when it is in memory already: for whoever cannot wait. */
  loaded(meeting: MeetingId): Live | undefined {
    return this.#live.get(meeting);
  }

  /** The same of its state. */
  peek(meeting: MeetingId): MeetingState | undefined {
    return this.#live.get(meeting)?.state;
  }

  /** Lets go of a meeting that nobody looks at; it is folded again when somebody does. */
  forget(meeting: MeetingId): void {
    if (!this.#turns.isBusy(meeting)) this.#live.delete(meeting);
  }

  execute(given: GivenCommand): Promise<Outcome> {
    return this.inTurn(given.meeting, () => this.#execute(given));
  }

  /** Puts a meeting and all that belongs to it into the store at once. `commands`: planMeeting first. */
  plan(
    meeting: MeetingId,
    commands: readonly Command[],
    { actor, ...beside }: { actor: Actor } & Beside,
  ): Promise<Outcome> {
    return this.inTurn(meeting, async () => {
      const at = this.#now();
      let state: MeetingState | undefined;
      const events: MeetingEvent[] = [];
      for (const command of commands) {
        const decision = decide(state, command, { actor, now: at });
        if ("refusal" in decision) return decision;
        const stamped = stamp(decision.events, { meeting, version: state?.version ?? 0, at, by: actor });
        state = fold(stamped, state);
        events.push(...stamped);
      }
      if (!state) throw new Error("A plan begins with planMeeting.");
      await this.#append(undefined, state, events, beside);
      return { version: state.version };
    });
  }

  /** The same with the meeting as it stands in the store. Throws as `load`. */
  inPresent<T>(meeting: MeetingId, work: (live: Live | undefined) => Promise<T>): Promise<T> {
    return this.inTurn(meeting, async () => work(await this.#catchUp(meeting)));
  }

  /** Does something to a meeting while no command does. */
  inTurn<T>(meeting: MeetingId, work: () => Promise<T>): Promise<T> {
    return this.#turns.run(meeting, work);
  }

  async #execute({ meeting, command, actor, once, version }: GivenCommand): Promise<Outcome> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const live = await this.load(meeting);
      if (!live) return { refusal: { code: "meeting.unknown", message: "There is no such meeting." } };
      const done = once && (await this.#record.doneCommand(meeting, once.actor, once.id));
      if (done !== undefined) return { version: done };
      if (version !== undefined && version !== live.state.version)
        return { refusal: { code: "state.outdated", message: "The meeting has changed since." } };
      const at = Math.max(this.#now(), live.events.at(-1)?.at ?? 0);
      const decision = decide(live.state, command, { actor, now: at });
      if ("refusal" in decision || decision.events.length === 0) {
        // By a state that others have left behind nobody is refused.
        if ((await this.#catchUp(meeting)) !== live) continue;
        return "refusal" in decision ? decision : { version: live.state.version };
      }
      const after = await this.#try(live, decision.events, { at, by: actor, once });
      if (after) return { version: after.version };
    }
    return { refusal: { code: "state.conflict", message: "The meeting kept changing. Try again." } };
  }

  /** `undefined`: others were quicker. */
  async #try(
    live: Live,
    decided: readonly NewEvent[],
    { at, by, once }: { at: number; by: Actor; once: GivenCommand["once"] },
  ): Promise<MeetingState | undefined> {
    const { id, version } = live.state;
    const events = stamp(decided, { meeting: id, version, at, by });
    const after = fold(events, live.state);
    if (!after) return undefined;
    try {
      await this.#append(live, after, events, { once });
      return after;
    } catch (error) {
      // Nothing was written: what is known holds, and whoever peeks at it meanwhile must not find it gone.
      if (!(error instanceof VersionConflict)) throw error;
      this.#log.info({ meeting: id, version }, "decided on an older state; deciding again");
      await this.#catchUp(id);
      return undefined;
    }
  }

  async #append(
    live: Live | undefined,
    after: MeetingState,
    events: readonly MeetingEvent[],
    { once, ...beside }: { once?: GivenCommand["once"] } & Partial<Beside>,
  ): Promise<void> {
    const sealed = sealAll(live?.head ?? beginningOf(after.id), events);
    await this.#record.append({
      meeting: after.id,
      expected: live?.state.version ?? 0,
      events: sealed,
      removed: events.flatMap((event) => (event.type === "seat.removed" ? [event.structure.seat] : [])),
      summary: after,
      command: once,
      ...beside,
      now: this.#now(),
    });
    const head = sealed.at(-1)?.hash;
    if (head === undefined) return;
    this.#log.info({ meeting: after.id, version: after.version, types: events.map(({ type }) => type) }, "events");
    this.#goOn(live, { state: after, events: [...(live?.events ?? []), ...events], head }, events);
  }

  #goOn(before: Live | undefined, after: Read, events: readonly MeetingEvent[]): Live {
    const live = { ...after, keptOut: keptOutIn(events, before) };
    this.#live.set(after.state.id, live);
    this.#tell({ before: before?.state, after: after.state, events });
    return live;
  }

  #tell(change: Change): void {
    for (const { name, tell } of this.#followers)
      try {
        tell(change);
      } catch (error) {
        this.#log.error({ err: error, meeting: change.after.id, follower: name }, "a follower of the meeting failed");
      }
  }
}

async function unlessUnreadable(live: Promise<Live | undefined>): Promise<Live | undefined> {
  try {
    return await live;
  } catch (error) {
    if (error instanceof HouseError && error.code === "meeting.unreadable") return undefined;
    throw error;
  }
}

/** `before`: what these events came after. */
function keptOutIn(events: readonly MeetingEvent[], before?: Pick<Live, "state" | "keptOut">): KeptOut {
  let { state, keptOut } = before ?? { state: undefined, keptOut: nobodyKeptOut };
  for (const event of events) {
    state = evolve(state, event);
    keptOut = keptOutAfter(keptOut, event, state);
  }
  return keptOut;
}

function sealAll(head: string, events: readonly MeetingEvent[]): StoredEvent[] {
  let previous = head;
  return events.map((event) => {
    const sealed = seal(previous, event, randomBytes(32));
    previous = sealed.hash;
    return sealed;
  });
}
