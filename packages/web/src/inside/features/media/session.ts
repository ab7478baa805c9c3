import { pauseBefore } from "@raadhuis/client";
import type { Line, MediaTicket } from "@raadhuis/protocol/socket";
import { DisconnectReason, Room, RoomEvent } from "livekit-client";
import { Store } from "../../store.ts";
import type { Capture, Device } from "./capture.ts";
import { carryOver, type Sending } from "./carryOver.ts";
import type { KeptOff } from "./keptOff.ts";
import { LineMeter } from "./lineMeter.ts";
import { problemOf } from "./problems.ts";
import { enterRoom, isStillGood, PATIENCE, reconnectPolicy } from "./reconnect.ts";
import { Sender } from "./sender.ts";
import { askShare, type Shared, stopShared } from "./share.ts";
import { lookAgainIn, nextSpotlight, type Spotlight } from "./speaker.ts";
import { activeOf, type PersonMedia, peopleOf } from "./view.ts";

export interface SessionView {
  /** `elsewhere`: this seat takes part from another tab or device; coming back is for the person to say. */
  link: "away" | "connecting" | "connected" | "reconnecting" | "elsewhere";
  /** The room one is in, or was in last. */
  at: Pick<MediaTicket, "room" | "epoch"> | null;
  people: ReadonlyMap<string, PersonMedia>;
  /** Who has been in the room, and did not leave it while we were there: keeps their place while rooms change. */
  seen: ReadonlySet<string>;
  spotlight: string | null;
  /** Oneself is heard as speaking. */
  speaking: boolean;
  sending: Sending;
  sharing: MediaStreamTrack | null;
  /** Went on air with everything off: the person is asked to turn on what they want. */
  airPrompt: boolean;
  /** The browser holds sound back until the person clicks. */
  soundBlocked: boolean;
  problem: string | null;
  /** One wanted to turn this on and it could not be; why is the capture's to say. */
  missing: Device | null;
}

const away: SessionView = {
  link: "away",
  at: null,
  people: new Map(),
  seen: new Set(),
  spotlight: null,
  speaking: false,
  sending: { microphone: false, camera: false },
  sharing: null,
  airPrompt: false,
  soundBlocked: false,
  problem: null,
  missing: null,
};

/** Every change in a room that a page shows. */
const changes = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.AudioPlaybackStatusChanged,
] as const;

/**
 * One person's media in one meeting, in the room that is shown at each time: joins with each ticket, moves when a new epoch begins,
 * comes back by itself with a fresh ticket when a room is lost for good.
 */
export class MediaSession {
  readonly store = new Store<SessionView>(away);
  #capture: Capture;
  #kept: KeptOff;
  #askTicket: () => void;
  #room: Room | null = null;
  #sender: Sender | null = null;
  #shared: Shared | null = null;
  readonly #meter = new LineMeter();
  #spotlight: Spotlight = { seat: null, since: 0 };
  /** The room was lost and a fresh ticket is asked for. */
  #wanting = true;
  #used: string | null = null;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #spotlightTimer: ReturnType<typeof setTimeout> | undefined;
  /** Our own server is heard. */
  #serverHere = true;

  constructor(
    { capture, kept, askTicket }: { capture: Capture; kept: KeptOff; askTicket: () => void },
    first: { sending: Sending; prompt: boolean },
  ) {
    this.#capture = capture;
    this.#kept = kept;
    this.#askTicket = askTicket;
    this.store.change({ sending: first.sending, airPrompt: first.prompt });
  }

  /** Goes where the ticket leads. `onAir`: its epoch is public. The same ticket twice changes nothing. */
  follow(ticket: MediaTicket, receivedAt: number, onAir: boolean): void {
    const { at, link } = this.store.get();
    // Taking part from another page goes on there, also in the next room.
    if (link === "elsewhere") return;
    if (ticket.token === this.#used || (at && ticket.epoch < at.epoch)) return;
    if (ticket.room === at?.room && !this.#wanting) return;
    this.#used = ticket.token;
    if (at && ticket.room !== at.room) this.#carryOver(onAir);
    if (!isStillGood(receivedAt)) {
      this.#askAgain(0);
    } else {
      this.#wanting = false;
      void this.#join(ticket);
    }
  }

  /** What this seat may send now; all else goes off, also in the rooms to come. */
  allow(publish: MediaTicket["publish"]): void {
    for (const device of ["microphone", "camera"] as const)
      if (!publish.includes(device) && this.store.get().sending[device])
        void this.#turn(device, false).then(() => this.#capture.close(device));
    if (!publish.includes("screen_share")) this.#stopShare();
  }

  /** Leaves; `follow` comes back. What is captured is let go. */
  leave(): void {
    this.#drop();
    this.#stopShare();
    this.#capture.closeAll();
    this.#wanting = true;
    this.store.set({ ...away });
  }

  /** Out of the chamber for now: nothing is sent or heard; comes back by the next ticket. */
  pause(): void {
    if (!this.#room && this.store.get().link === "away") return;
    this.#drop();
    this.#stopShare();
    this.#capture.closeAll();
    this.#wanting = true;
    this.store.change({ link: "away", people: new Map(), sending: { microphone: false, camera: false } });
  }

  serverIs(here: boolean): void {
    this.#serverHere = here;
    if (here) this.#loseLater();
  }

  /** The person turns it on or off. */
  async turn(device: Device, on: boolean): Promise<void> {
    this.#kept.turned(device, on);
    await this.#turn(device, on);
  }

  /** It ended by itself: whoever was heard or seen by it is so by another, or it goes off. */
  async lost(device: Device): Promise<void> {
    if (this.store.get().sending[device]) await this.#turn(device, true);
  }

  async choose(device: Device, id: string): Promise<void> {
    await this.#capture.choose(device, id);
    await this.#push(device);
  }

  async share(on: boolean): Promise<void> {
    if (!on) return this.#stopShare();
    const room = this.store.get().at?.room;
    try {
      const shared = await askShare();
      // While the person picked, the meeting may have gone on air, or away from them.
      if (!this.#sender || this.store.get().at?.room !== room) return stopShared(shared);
      this.#shared = shared;
      shared.picture.addEventListener("ended", () => this.#shared === shared && this.#stopShare());
      this.store.change({ sharing: shared.picture, problem: null });
      await this.#sender.share(shared);
    } catch (error) {
      this.#stopShare();
      if (problemOf(error) !== "refused") this.store.change({ problem: "media.share-failed" });
    }
  }

  /** The person has answered the prompt, or put it off. */
  answered(): void {
    this.#kept.keep(this.store.get().sending);
    this.store.change({ airPrompt: false });
  }

  /** The person has read why a device could not be turned on. */
  understood(): void {
    this.store.change({ missing: null });
  }

  /** Takes this seat back from another tab or device. */
  takeHere(): void {
    this.#wanting = true;
    this.store.change({ link: "connecting" });
    this.#askAgain(0);
  }

  /** How good the own line is, since the last time this was asked; `null`: there is to be none. */
  async line(): Promise<Line | null> {
    const { link } = this.store.get();
    if (link === "away" || link === "elsewhere") return null;
    if (link !== "connected" || !this.#room) return { light: "red", code: "line.away" };
    return this.#meter.look(this.#room);
  }

  /** After a click: lets held-back sound play. */
  startSound(): void {
    void this.#room?.startAudio();
  }

  async #turn(device: Device, on: boolean): Promise<void> {
    this.store.change({ sending: { ...this.store.get().sending, [device]: on } });
    const opened = on && (await this.#capture.open(device)) !== null;
    // Turned off, or sent out, while the browser was still asking.
    if (on && !this.store.get().sending[device]) return;
    const missing = on && !opened;
    if (missing || this.store.get().missing === device) this.store.change({ missing: missing ? device : null });
    if (missing) this.#off(device);
    else await this.#push(device);
  }

  async #join(ticket: MediaTicket): Promise<void> {
    this.#drop();
    const room = new Room({
      adaptiveStream: true,
      dynacast: true,
      stopLocalTrackOnUnpublish: false,
      reconnectPolicy,
      publishDefaults: { stopMicTrackOnMute: false, simulcast: true },
    });
    this.#room = room;
    this.#listen(room);
    this.store.change({ at: ticket, link: "connecting", people: new Map() });
    try {
      await enterRoom(room, ticket.token);
    } catch (error) {
      if (this.#room === room) this.#lost(room);
      // No ticket is taken until somebody sets the clocks: whoever waits is told why. The room may have said before this
      // that it is lost.
      const waits = this.#room === null && this.store.get().link === "connecting";
      if (waits && /\bticket\.clock\b/.test(String(error))) this.store.change({ problem: "ticket.clock" });
      return;
    }
    if (this.#room !== room) return void room.disconnect(false);
    this.#attempt = 0;
    this.#sender = new Sender(room);
    this.#refresh(room);
    this.store.change({ link: "connected", problem: null });
    if (this.#shared) void this.#sender.share(this.#shared).catch(() => this.#stopShare());
    await Promise.all([this.#push("microphone"), this.#push("camera")]);
  }

  #listen(room: Room): void {
    for (const change of changes) room.on(change, () => this.#refresh(room));
    room.on(RoomEvent.ParticipantDisconnected, ({ identity }) => {
      const seen = new Set(this.store.get().seen);
      seen.delete(identity);
      if (this.#room === room) this.store.change({ seen });
    });
    room.on(RoomEvent.Reconnecting, () => this.#trying(room));
    room.on(RoomEvent.SignalReconnecting, () => this.#trying(room));
    room.on(RoomEvent.Reconnected, () => {
      if (this.#room === room) this.store.change({ link: "connected" });
    });
    room.on(RoomEvent.Disconnected, (reason) => {
      if (reason === DisconnectReason.DUPLICATE_IDENTITY) this.#overtaken(room);
      else this.#lost(room);
    });
  }

  #refresh(room: Room): void {
    if (this.#room !== room) return;
    const people = peopleOf(room);
    this.#turnSpotlight(room, people);
    this.store.change({
      people,
      seen: new Set([...this.store.get().seen, ...people.keys()]),
      spotlight: this.#spotlight.seat,
      speaking: room.localParticipant.isSpeaking,
      soundBlocked: !room.canPlaybackAudio,
    });
  }

  /** Who began to speak while the picture had just changed gets it when they still speak after that. */
  #turnSpotlight(room: Room, people: ReadonlyMap<string, PersonMedia>): void {
    const now = Date.now();
    const active = activeOf(room);
    this.#spotlight = nextSpotlight(this.#spotlight, active, (seat) => people.has(seat), now);
    clearTimeout(this.#spotlightTimer);
    const pause = lookAgainIn(this.#spotlight, active, now);
    if (pause !== null) this.#spotlightTimer = setTimeout(() => this.#refresh(room), pause);
  }

  #trying(room: Room): void {
    if (this.#room !== room) return;
    this.store.change({ link: "reconnecting" });
    this.#loseLater();
  }

  /** livekit-client keeps trying to resume; when the server is here and it takes too long, a new room is quicker. */
  #loseLater(): void {
    const room = this.#room;
    if (!room || this.store.get().link !== "reconnecting") return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#room === room && this.store.get().link === "reconnecting" && this.#serverHere) this.#lost(room);
    }, PATIENCE);
  }

  /** Two pages of one seat would push each other out for ever. */
  #overtaken(room: Room): void {
    if (this.#room !== room) return;
    this.#drop();
    this.#stopShare();
    this.#capture.closeAll();
    this.store.change({ link: "elsewhere", people: new Map(), sending: { microphone: false, camera: false } });
  }

  #lost(room: Room): void {
    if (this.#room !== room) return;
    this.#drop();
    this.#wanting = true;
    this.#attempt += 1;
    this.store.change({ link: "connecting", people: new Map() });
    const pause = pauseBefore(this.#attempt - 1, Math.random());
    this.#askAgain(this.#attempt === 1 ? 0 : this.#attempt < 12 ? Math.min(pause, 500) : pause);
  }

  /** For a fresh ticket; unanswered (the server is away), once more every second. */
  #askAgain(pause: number): void {
    clearTimeout(this.#timer);
    const ask = () => {
      this.#askTicket();
      this.#timer = setTimeout(ask, 1000);
    };
    this.#timer = setTimeout(ask, pause);
  }

  /** Lets go of the room without stopping what is captured. */
  #drop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#spotlightTimer);
    const room = this.#room;
    this.#room = null;
    this.#sender = null;
    if (!room) return;
    room.removeAllListeners();
    void room.disconnect(false);
  }

  #carryOver(onAir: boolean): void {
    const { prompt, ...sending } = carryOver(this.store.get().sending, onAir);
    if (!sending.microphone) this.#capture.close("microphone");
    if (!sending.camera) this.#capture.close("camera");
    this.#stopShare();
    if (prompt) this.#kept.keep(sending);
    this.store.change({ sending, airPrompt: prompt });
  }

  /** Makes what is sent what is wanted. */
  async #push(device: Device): Promise<void> {
    const sender = this.#sender;
    const on = this.store.get().sending[device];
    const track = on ? await this.#capture.open(device) : null;
    if (on && !track) return this.#off(device);
    try {
      await sender?.send(device, this.store.get().sending[device] ? track : null);
      if (!on && device === "camera") this.#capture.close(device);
      this.store.change({ problem: null });
    } catch (error) {
      console.warn(error);
      if (this.#sender !== sender) return;
      this.store.change({ problem: "media.unavailable" });
      this.#off(device);
    }
  }

  #off(device: Device): void {
    this.#capture.close(device);
    this.store.change({ sending: { ...this.store.get().sending, [device]: false } });
  }

  #stopShare(): void {
    if (this.#shared) stopShared(this.#shared);
    this.#shared = null;
    this.store.change({ sharing: null });
    void this.#sender?.share(null);
  }
}
