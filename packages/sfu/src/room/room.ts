import {
  DisconnectReason,
  LeaveRequest_Action,
  type ParticipantInfo,
  Room as RoomInfo,
  type SpeakerInfo,
} from "@livekit/protocol";
import { newRoomSid } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import { Seldom } from "../base/seldom.ts";
import type { DataKind } from "../data/channels.ts";
import { Post } from "../data/post.ts";
import { type ClientWishes, Participant, type ParticipantEvents } from "../participant/participant.ts";
import type { MediaPorts } from "../ports/mediaPorts.ts";
import { publishableCodecs } from "../sdp/capabilities.ts";
import type { Outgoing } from "../session/session.ts";
import { Visitors } from "../session/visitors.ts";
import type { Rights, Ticket } from "../ticket/ticket.ts";
import type { PublishedTrack } from "../track/track.ts";
import { ChangedRights } from "./changedRights.ts";
import { Departed } from "./departed.ts";
import { Reception } from "./reception.ts";
import type { RoomWatcher, WatchedRoom } from "./watcher.ts";

export interface RoomOptions {
  metadata: string;
  /** s without anybody before the first comes, and after the last has gone. */
  emptyTimeout: number;
  departureTimeout: number;
  /** 0: any number. */
  maxParticipants: number;
}

/** LiveKit's own defaults. */
export const defaultRoomOptions: RoomOptions = {
  metadata: "",
  emptyTimeout: 300,
  departureTimeout: 20,
  maxParticipants: 0,
};

/** How long somebody is kept whose socket is gone: media flows on, and the client comes back with the same sid. */
const keepWithoutSocketMs = 30_000;
/** Who has no media by then is no participant, ms; as long as LiveKit waits. */
const connectWithinMs = 60_000;

/** How often it is told how many are here, ms; as LiveKit. */
const countsMs = 5000;

/** People and tracks, and who gets what. Ends by `close`, or by itself when it is empty. */
export class Room implements ParticipantEvents, WatchedRoom {
  readonly name: string;
  readonly sid = newRoomSid();
  readonly createdAt = Date.now();
  readonly participants = new Map<string, Participant>();
  readonly reception = new Reception(this.participants);
  readonly visitors = new Visitors();
  /** Data packets. */
  readonly post = new Post(() => this.participants.values());
  readonly #options: RoomOptions;
  readonly #counts = new Seldom(countsMs, () => this.#tellCounts());
  #toldCounts = "";
  readonly #media: MediaPorts;
  readonly #log: Log;
  readonly #watcher: RoomWatcher;
  readonly #ended: (room: Room) => void;
  readonly #changedRights = new ChangedRights();
  readonly #departures = new Map<Participant, NodeJS.Timeout>();
  readonly #connecting = new Map<Participant, NodeJS.Timeout>();
  /** Longer than anybody is kept who does not hear of it. */
  readonly #departed = new Departed(2 * keepWithoutSocketMs);
  /** Who speaks now, by sid. */
  readonly speaking = new Map<string, SpeakerInfo>();
  #empty: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(
    name: string,
    options: RoomOptions,
    media: MediaPorts,
    log: Log,
    watcher: RoomWatcher,
    ended: (room: Room) => void,
  ) {
    this.name = name;
    this.#options = { ...options };
    this.#media = media;
    this.#log = log.child({ room: name });
    this.#watcher = watcher;
    this.#ended = ended;
    this.#endWhenEmpty(options.emptyTimeout);
    this.#log.info({ sid: this.sid }, "room.created");
    watcher.started(this);
  }

  info(): RoomInfo {
    const seen = this.#visible();
    return new RoomInfo({
      sid: this.sid,
      name: this.name,
      emptyTimeout: this.#options.emptyTimeout,
      departureTimeout: this.#options.departureTimeout,
      maxParticipants: this.#options.maxParticipants,
      creationTime: BigInt(Math.floor(this.createdAt / 1000)),
      creationTimeMs: BigInt(this.createdAt),
      metadata: this.#options.metadata,
      enabledCodecs: publishableCodecs.map((mime) => ({ mime })),
      numParticipants: seen.filter((participant) => !participant.rights.recorder).length,
      numPublishers: seen.filter(({ isPublisher }) => isPublisher).length,
      activeRecording: [...this.participants.values()].some((participant) => participant.rights.recorder),
    });
  }

  /** Recorders take no place, and whoever comes back has one. */
  hasPlaceFor(ticket: Ticket): boolean {
    const { maxParticipants } = this.#options;
    if (maxParticipants === 0 || ticket.rights.recorder) return true;
    return this.#inhabitants().filter(({ identity }) => identity !== ticket.identity).length < maxParticipants;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Those that `participant` sees. */
  othersOf(participant: Participant): ParticipantInfo[] {
    return this.#visible()
      .filter((other) => other !== participant)
      .map((other) => other.info());
  }

  /** Lets somebody in. Whoever was here by the same identity is out. */
  join(ticket: Ticket, wishes: ClientWishes): Participant {
    const older = this.participants.get(ticket.identity);
    if (older) this.remove(older, DisconnectReason.DUPLICATE_IDENTITY);
    this.#changedRights.apply(ticket);
    const media = this.#media.choose([...this.participants.values()].map((present) => present.media));
    const participant = new Participant(
      ticket,
      wishes,
      media,
      this.visitors.limitsOf(ticket.identity),
      this,
      this.#log,
    );
    this.participants.set(ticket.identity, participant);
    // Who is alone has it from the answer to joining.
    if (this.participants.size === 1) this.#toldCounts = countsOf(this.info());
    const tooLate = () => this.remove(participant, DisconnectReason.JOIN_FAILURE);
    this.#connecting.set(participant, setTimeout(tooLate, connectWithinMs).unref());
    this.#endWhenEmpty(this.#options.emptyTimeout);
    this.#log.info({ participant: participant.sid, hidden: ticket.rights.hidden }, "participant.joined");
    this.#tellOthers(participant);
    this.#tellRecording(participant);
    this.#counts.changed();
    return participant;
  }

  /** After the join was answered: everything there is to see and hear. */
  welcome(participant: Participant): void {
    this.reception.settleFor(participant);
  }

  /** Those who left lately, for one who was not told. */
  departed(): ParticipantInfo[] {
    return this.#departed.list();
  }

  /** The socket of this participant is gone; unless it comes back in time, so is the participant. */
  socketLost(participant: Participant): void {
    if (participant.gone || this.#departures.has(participant)) return;
    const timer = setTimeout(() => this.remove(participant, DisconnectReason.SIGNAL_CLOSE), keepWithoutSocketMs);
    this.#departures.set(participant, timer);
    this.#log.info({ participant: participant.sid }, "participant.socket-lost");
  }

  socketBack(participant: Participant): void {
    clearTimeout(this.#departures.get(participant));
    this.#departures.delete(participant);
    this.#log.info({ participant: participant.sid }, "participant.resumed");
  }

  remove(
    participant: Participant,
    reason: DisconnectReason,
    action: LeaveRequest_Action = LeaveRequest_Action.DISCONNECT,
  ): void {
    if (participant.gone) return;
    for (const timers of [this.#departures, this.#connecting]) {
      clearTimeout(timers.get(participant));
      timers.delete(participant);
    }
    const info = participant.info(reason);
    for (const track of participant.tracks.values()) {
      this.reception.end(track.sid);
      this.#watcher.unpublished(this, participant, track);
    }
    participant.stop();
    if (this.participants.get(participant.identity) === participant) this.participants.delete(participant.identity);
    participant.session?.leave(reason, action);
    participant.session = null;
    this.speaking.delete(participant.sid);
    this.visitors.left(this.participants);
    if (!participant.rights.hidden) {
      this.#departed.note(info);
      this.#broadcast(info, participant);
    }
    this.#log.info({ participant: participant.sid, reason: DisconnectReason[reason] }, "participant.left");
    this.#watcher.left(this, participant, info);
    this.#tellRecording(participant);
    this.#counts.changed();
    if (!this.#closed) this.#endWhenEmpty(this.#options.departureTimeout);
  }

  setMetadata(metadata: string): void {
    this.#options.metadata = metadata;
    this.#tellRoom();
  }

  /** For somebody who is not here now: what they may when they come in with a ticket from before this. */
  rememberRights(identity: string, rights: Rights): void {
    this.#changedRights.note(identity, rights);
  }

  setRights(participant: Participant, rights: Rights): void {
    participant.setRights(rights);
    this.#changedRights.note(participant.identity, rights);
    this.#counts.changed();
    this.reception.settleFor(participant);
    this.changed(participant);
  }

  /** To everybody who is here, hidden or not. */
  send(message: Outgoing): void {
    for (const participant of this.participants.values()) participant.session?.send(message);
  }

  /** Tells everybody whose level has changed, those who fell silent too; and `newcomers` of all who speak. */
  speakersChanged(changes: SpeakerInfo[], newcomers: ReadonlySet<Participant>): void {
    for (const speaker of changes)
      if (speaker.active) this.speaking.set(speaker.sid, speaker);
      else this.speaking.delete(speaker.sid);
    const all = [...changes.filter(({ active }) => !active), ...this.speaking.values()];
    const people = new Map([...this.participants.values()].map((participant) => [participant.sid, participant]));
    for (const participant of this.participants.values()) {
      const news = newcomers.has(participant) ? all : changes;
      const speakers = news.filter(({ sid }) => this.reception.mayHear(participant, people.get(sid)));
      if (speakers.length > 0) participant.session?.send({ case: "speakersChanged", value: { speakers } });
    }
  }

  /** Sid of who is loudest now. */
  get loudest(): string | undefined {
    return [...this.speaking.values()].sort((a, b) => b.level - a.level)[0]?.sid;
  }

  close(reason: DisconnectReason, action?: LeaveRequest_Action): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#empty) clearTimeout(this.#empty);
    for (const participant of [...this.participants.values()]) this.remove(participant, reason, action);
    this.#log.info({ reason: DisconnectReason[reason] }, "room.closed");
    this.#counts.stop();
    this.#watcher.finished(this);
    this.#ended(this);
  }

  // What its participants tell it.

  changed(participant: Participant): void {
    const info = participant.info();
    participant.session?.send({ case: "update", value: { participants: [info] } });
    if (!participant.rights.hidden) this.#broadcast(info, participant);
  }

  active(participant: Participant): void {
    clearTimeout(this.#connecting.get(participant));
    this.#connecting.delete(participant);
    this.changed(participant);
    // Told any sooner, clients do not yet know the people and tracks it is about, and forget it.
    this.reception.settleFor(participant);
    this.#watcher.joined(this, participant);
  }

  published(participant: Participant, track: PublishedTrack): void {
    this.changed(participant);
    this.#counts.changed();
    this.#watcher.published(this, participant, track);
    this.#log.info({ participant: participant.sid, track: track.sid, mime: track.info.mimeType }, "track.published");
    this.reception.settle(participant, track);
  }

  unpublished(participant: Participant, track: PublishedTrack): void {
    this.reception.end(track.sid);
    this.#log.info({ participant: participant.sid, track: track.sid }, "track.unpublished");
    this.#watcher.unpublished(this, participant, track);
    if (!participant.gone) this.changed(participant);
  }

  posted(participant: Participant, kind: DataKind, bytes: Buffer): number {
    return this.post.deliver(participant, kind, bytes);
  }

  /** As LiveKit: the socket is ended too, so that the client comes back to its place, with an ICE restart or anew. */
  mediaLost(participant: Participant): void {
    this.#log.info({ participant: participant.sid }, "participant.media-lost");
    participant.session?.leave(DisconnectReason.CONNECTION_TIMEOUT, LeaveRequest_Action.RESUME);
  }

  failed(participant: Participant): void {
    // Without its socket it did not get what it did not answer; when it is back it is told again.
    if (participant.session !== null)
      this.remove(participant, DisconnectReason.STATE_MISMATCH, LeaveRequest_Action.RECONNECT);
  }

  #visible(): Participant[] {
    return [...this.participants.values()].filter((participant) => !participant.rights.hidden);
  }

  /** Those for whom the room is there; recorders are not, as with LiveKit. */
  #inhabitants(): Participant[] {
    return [...this.participants.values()].filter((participant) => !participant.rights.recorder);
  }

  #tellOthers(participant: Participant): void {
    if (!participant.rights.hidden) this.#broadcast(participant.info(), participant);
  }

  /** That somebody records is never a secret, though who does so is hidden. */
  #tellRecording(participant: Participant): void {
    if (participant.rights.recorder) this.#tellRoom();
  }

  #tellRoom(): void {
    const room = this.info();
    this.#toldCounts = countsOf(room);
    this.send({ case: "roomUpdate", value: { room } });
  }

  #tellCounts(): void {
    if (countsOf(this.info()) !== this.#toldCounts) this.#tellRoom();
  }

  #broadcast(info: ParticipantInfo, about: Participant): void {
    for (const other of this.participants.values())
      if (other !== about) other.session?.send({ case: "update", value: { participants: [info] } });
  }

  /** The time to its end begins when the last inhabitant goes; recorders that come and go do not change it. */
  #endWhenEmpty(seconds: number): void {
    if (this.#inhabitants().length > 0) {
      if (this.#empty) clearTimeout(this.#empty);
      this.#empty = null;
    } else if (this.#empty === null) {
      this.#empty = setTimeout(() => this.close(DisconnectReason.ROOM_CLOSED), seconds * 1000);
      this.#empty.unref();
    }
  }
}

const countsOf = ({ numParticipants, numPublishers }: RoomInfo): string => `${numParticipants}, ${numPublishers}`;
