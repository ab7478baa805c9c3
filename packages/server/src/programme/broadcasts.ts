import { evolve, formOf, type MeetingEvent, MeetingId, type MeetingState } from "@raadhuis/meeting";
import type { FromChild, ToServer } from "@raadhuis/protocol/children";
import type { Settings } from "@raadhuis/protocol/settings";
import type { Health } from "@raadhuis/protocol/socket";
import type { Log } from "../log.ts";
import type { Media } from "../media/steward.ts";
import type { Tickets } from "../media/tickets.ts";
import type { Change, Meetings } from "../meetings/meetings.ts";
import { isReleased } from "../publicfolder/released.ts";
import type { Summary } from "../store/record.ts";
import { Broadcast } from "./broadcast.ts";
import { mediaHealth, recordingHealth, streamHealth } from "./health.ts";
import { orderFor } from "./order.ts";
import { type Shown, shownOf } from "./shown.ts";
import { type Left, storageHealth } from "./storage.ts";
import { standings } from "./wanted.ts";

/** Every egress hears the present order this often, ms, and says how it is. */
const PUT_MS = 3_000;

export interface BroadcastsOptions {
  meetings: Meetings;
  tickets: Tickets;
  settings: Settings;
  /** The body's time zone at this moment. */
  zone(): string;
  /** To the supervisor. */
  tell(message: FromChild): void;
  /** To be kept: this meeting's broadcast needs no egress any more. */
  over(meeting: MeetingId): Promise<void>;
  tellHealth(meeting: MeetingId): void;
  log: Log;
  /** The clock by which a meeting's time has come. */
  now?: () => number;
}

/** The broadcasts of all public meetings. */
export class Broadcasts {
  readonly #options: BroadcastsOptions;
  readonly #now: () => number;
  readonly #broadcasts = new Map<MeetingId, Broadcast>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: BroadcastsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  start(): void {
    this.#decide();
    this.#timer = setInterval(() => this.#tick(), PUT_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const broadcast of this.#broadcasts.values()) broadcast.stop();
  }

  /** A meeting from before this process. `begun`: the public has something of its broadcast. */
  takeUp({ id, kind, broadcastOver }: Summary, events: readonly MeetingEvent[], begun: boolean): void {
    const shown = shownOf(events);
    if (formOf({ kind }).gallery && !broadcastOver && shown) this.#add(id, shown, { begun });
  }

  follow({ before, after, events }: Change): void {
    if (!formOf(after).gallery) return;
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
    const broadcast = this.#broadcasts.get(id) ?? (await this.#afterAll(id));
    if (!broadcast) return;
    if (message.type === "egress.ready") broadcast.ready({ port: message.port, secret: message.secret });
    else {
      broadcast.gone();
      const { phase, recording } = broadcast.state;
      // One that ends by itself after the meeting has released all there was; one that died is started again.
      if (phase === "ended" && (await isReleased(this.#options.settings.data, id, recording))) this.#end(id);
    }
    this.#options.tellHealth(id);
  }

  health(state: MeetingState, { media, left }: { media: Media; left: Left }): Health {
    const broadcast = this.#broadcasts.get(state.id);
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
    const live = await this.#options.meetings.load(id);
    const shown = live && shownOf(live.events);
    return (
      this.#broadcasts.get(id) ??
      (shown && formOf(shown.state).gallery ? this.#add(id, shown, { over: true }) : undefined)
    );
  }

  #add(id: MeetingId, shown: Shown, { over = false, begun = false } = {}): Broadcast {
    const { settings, tickets, zone, log } = this.#options;
    const broadcast = new Broadcast({
      shown,
      over,
      begun,
      orderFor: async (now, wanted) =>
        orderFor(now, { ...settings, zone: zone() }, await tickets.forEgress(now.state), wanted),
      onStatus: ({ status }) => {
        if (status?.state === "finished") this.#end(id);
        this.#options.tellHealth(id);
      },
      log: log.child({ meeting: id }),
    });
    this.#broadcasts.set(id, broadcast);
    return broadcast;
  }

  #tick(): void {
    this.#decide();
    for (const [id, broadcast] of this.#broadcasts) {
      broadcast.put();
      if (broadcast.over) this.#end(id);
      if (!broadcast.over && !broadcast.reachable) this.#options.tellHealth(id);
    }
  }

  /** Which broadcasts are to be there now. Asked at each event, and by a clock that ticks: no timer reaches weeks ahead. */
  #decide(): void {
    const now = this.#now();
    const claims = new Map([...this.#broadcasts].map(([id, broadcast]) => [id, broadcast.claim(now)]));
    for (const [id, standing] of standings(claims)) {
      const broadcast = this.#broadcasts.get(id);
      if (!broadcast || broadcast.over) continue;
      if (broadcast.stand(standing, now)) {
        this.#options.log.info({ meeting: id, standing }, "broadcast");
        this.#options.tellHealth(id);
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
    const broadcast = this.#broadcasts.get(id);
    if (!broadcast) return;
    broadcast.over = true;
    if (!broadcast.reachable) this.#broadcasts.delete(id);
    this.#options
      .over(id)
      .catch((error) => this.#options.log.error({ err: error, meeting: id }, "the end of a broadcast was not kept"));
  }
}

function statesAfter(before: MeetingState | undefined, events: readonly MeetingEvent[]): MeetingState[] {
  let state = before;
  return events.map((event) => {
    state = evolve(state, event);
    return state;
  });
}
