import { evolve, formOf, type MeetingEvent, MeetingId, type MeetingState } from "@raadhuis/meeting";
import { Serial } from "@raadhuis/process";
import type { FromChild, ToServer } from "@raadhuis/protocol/children";
import type { Settings } from "@raadhuis/protocol/settings";
import type { Health } from "@raadhuis/protocol/socket";
import type { Log } from "../log.ts";
import type { Media } from "../media/steward.ts";
import type { Tickets } from "../media/tickets.ts";
import { isDone } from "../meetings/done.ts";
import type { Change, Meetings } from "../meetings/meetings.ts";
import { Listeners } from "../parts/listeners.ts";
import { isAnythingReleased, isReleased } from "../publicfolder/released.ts";
import type { RecordStore, Summary } from "../store/record.ts";
import { Broadcast } from "./broadcast.ts";
import { mediaHealth, recordingHealth, streamHealth } from "./health.ts";
import { orderFor } from "./order.ts";
import type { EgressAddress } from "./putOrder.ts";
import { type Shown, shownOf } from "./shown.ts";
import { type Left, storageHealth } from "./storage.ts";
import { standings } from "./wanted.ts";

/** Every egress hears the present order this often, ms, and says how it is. */
const PUT_MS = 3_000;

export interface BroadcastsOptions {
  meetings: Pick<Meetings, "load" | "loadReadable">;
  record: Pick<RecordStore, "summaries" | "endBroadcast">;
  tickets: Pick<Tickets, "forEgress">;
  settings: Pick<Settings, "data" | "delayMs" | "locale">;
  /** The body's time zone at this moment. */
  zone(): string;
  /** Throws unless it is this server's to order anything at this moment. */
  mustBeOurs?: (() => Promise<unknown>) | undefined;
  /** To the supervisor. */
  tell(message: FromChild): void;
  log: Log;
  /** The clock by which a meeting's time has come. */
  now?: () => number;
}

/**
 * The broadcasts of all public meetings, while it is on duty: taken up from the record and from what was released, as often
 * as that begins. Where their egresses listen is known at any time: the supervisor tells it once.
 */
export class Broadcasts {
  readonly #options: BroadcastsOptions;
  readonly #now: () => number;
  readonly #egresses = new Map<MeetingId, EgressAddress>();
  readonly #whenHealth = new Listeners<[meeting: MeetingId]>();
  /** Ends of broadcasts that are being kept. */
  readonly #keeping = new Serial();
  /** None while it is not on duty; others each time. */
  #broadcasts: Map<MeetingId, Broadcast> | undefined;
  /** All that there were when it began are among them. */
  #takenUp = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: BroadcastsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** This meeting's broadcast is another way than before. */
  onHealth(listener: (meeting: MeetingId) => void): void {
    this.#whenHealth.add(listener);
  }

  async start(): Promise<void> {
    if (this.#broadcasts) return;
    this.#broadcasts = new Map();
    try {
      for (const summary of await this.#options.record.summaries()) if (!isDone(summary)) await this.#takeUp(summary);
      for (const id of this.#egresses.keys()) await this.#afterAll(id);
      this.#takenUp = true;
      this.#decide();
      for (const broadcast of this.#broadcasts.values()) broadcast.put();
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.#timer = setInterval(() => this.#tick(), PUT_MS);
  }

  /** Resolves when no order is under way any more, and all that has ended is kept. Egresses go on as they were told. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const broadcasts = [...(this.#broadcasts?.values() ?? [])];
    this.#broadcasts = undefined;
    this.#takenUp = false;
    await Promise.all(broadcasts.map((broadcast) => broadcast.stop()));
    await this.#keeping.settled();
  }

  /** A meeting from before this time of duty. */
  async #takeUp({ id, kind, broadcastOver }: Summary): Promise<void> {
    if (!formOf({ kind }).gallery || broadcastOver) return;
    const begun = await isAnythingReleased(this.#options.settings.data, id);
    const live = await this.#options.meetings.loadReadable(id);
    const shown = live && shownOf(live.events);
    // Planned, and followed, meanwhile.
    if (shown && !this.#broadcasts?.has(id)) this.#add(id, shown, { begun });
  }

  follow({ before, after, events }: Change): void {
    if (!this.#broadcasts || !formOf(after).gallery) return;
    const { id } = after;
    const known = this.#broadcasts.get(id);
    if (known) known.follow(events, statesAfter(before, events));
    else {
      const shown = before ? undefined : shownOf(events);
      if (shown) this.#add(id, shown);
    }
    this.#decide();
  }

  /** What the supervisor tells of an egress. */
  async hear(message: ToServer): Promise<void> {
    const id = MeetingId.parse(message.meeting);
    const egress = message.type === "egress.ready" ? { port: message.port, secret: message.secret } : undefined;
    if (egress) this.#egresses.set(id, egress);
    else this.#egresses.delete(id);
    const broadcast = this.#broadcasts?.get(id) ?? (await this.#afterAll(id));
    if (!broadcast) return;
    if (egress) broadcast.ready(egress);
    else {
      broadcast.gone();
      const { phase, recording } = broadcast.state;
      // One that ends by itself after the meeting has released all there was; one that died is started again.
      const ended = phase === "ended" && (await isReleased(this.#options.settings.data, id, recording));
      if (ended && this.#broadcasts?.get(id) === broadcast) this.#end(id);
    }
    this.#whenHealth.tell(id);
  }

  health(state: MeetingState, { media, left }: { media: Media; left: Left }): Health {
    const broadcast = this.#broadcasts?.get(state.id);
    const view = {
      kind: state.kind,
      recording: state.recording,
      standing: broadcast?.standing ?? "unwanted",
      over: broadcast?.over ?? true,
      wantedFor: this.#now() - (broadcast?.wantedSince ?? 0),
      status: broadcast?.status,
      delayMs: this.#options.settings.delayMs,
      full: left === "none",
      epochFor: Date.now() - state.epoch.since,
    };
    return {
      media: mediaHealth(media),
      stream: streamHealth(view),
      recording: recordingHealth(view),
      storage: storageHealth(left),
    };
  }

  /** An egress of a broadcast that is over must hear so, or it waits for its first order for ever. */
  async #afterAll(id: MeetingId): Promise<Broadcast | undefined> {
    if (!this.#broadcasts) return undefined;
    const live = await this.#options.meetings.load(id);
    const shown = live && shownOf(live.events);
    return (
      this.#broadcasts?.get(id) ??
      (shown && formOf(shown.state).gallery ? this.#add(id, shown, { over: true }) : undefined)
    );
  }

  #add(id: MeetingId, shown: Shown, { over = false, begun = false } = {}): Broadcast | undefined {
    const broadcasts = this.#broadcasts;
    if (!broadcasts) return undefined;
    const { settings, tickets, zone, mustBeOurs, log } = this.#options;
    const broadcast = new Broadcast({
      shown,
      over,
      begun,
      egress: this.#egresses.get(id),
      orderFor: async (now, wanted) => {
        await mustBeOurs?.();
        return orderFor(now, { ...settings, zone: zone() }, await tickets.forEgress(now.state), wanted);
      },
      onStatus: ({ status }) => {
        if (status?.state === "finished") this.#end(id);
        this.#whenHealth.tell(id);
      },
      log: log.child({ meeting: id }),
    });
    if (over) broadcast.standing = "unwanted";
    broadcasts.set(id, broadcast);
    return broadcast;
  }

  #tick(): void {
    this.#decide();
    for (const [id, broadcast] of this.#broadcasts ?? []) {
      broadcast.put();
      if (broadcast.over) this.#end(id);
      if (!broadcast.over && !broadcast.reachable) this.#whenHealth.tell(id);
    }
  }

  /** Which broadcasts are to be there now. Asked at each event, and by a clock that ticks: no timer reaches weeks ahead. */
  #decide(): void {
    const broadcasts = this.#broadcasts;
    if (!broadcasts || !this.#takenUp) return;
    const now = this.#now();
    const claims = new Map([...broadcasts].map(([id, broadcast]) => [id, broadcast.claim(now)]));
    for (const [id, standing] of standings(claims)) {
      const broadcast = broadcasts.get(id);
      if (!broadcast || broadcast.over) continue;
      if (broadcast.stand(standing, now)) {
        this.#options.log.info({ meeting: id, standing }, "broadcast");
        this.#whenHealth.tell(id);
      }
      this.#see(id, broadcast);
    }
  }

  /** Asks for the egress where one is needed and none is known; asking twice does no harm. */
  #see(id: MeetingId, broadcast: Broadcast): void {
    const { phase, openedAt } = broadcast.state;
    if (phase === "ended" && openedAt === null) this.#end(id);
    else if (broadcast.needsEgress && !broadcast.reachable) this.#options.tell({ type: "egress.want", meeting: id });
  }

  #end(id: MeetingId): void {
    const broadcast = this.#broadcasts?.get(id);
    if (!broadcast) return;
    broadcast.over = true;
    if (!broadcast.reachable) this.#broadcasts?.delete(id);
    const { record, log } = this.#options;
    this.#keeping
      .run(() => record.endBroadcast(id))
      .catch((error) => log.error({ err: error, meeting: id }, "the end of a broadcast was not kept"));
  }
}

function statesAfter(before: MeetingState | undefined, events: readonly MeetingEvent[]): MeetingState[] {
  let state = before;
  return events.map((event) => {
    state = evolve(state, event);
    return state;
  });
}
