import { DisconnectReason, LeaveRequest_Action, type ParticipantInfo, type Room as RoomInfo } from "@livekit/protocol";
import type { Pictures } from "../base/customs.ts";
import { newRoomSid } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import type { DataKind } from "../data/channels.ts";
import { Post } from "../data/post.ts";
import { type ClientWishes, Participant, type ParticipantEvents } from "../participant/participant.ts";
import type { MediaPorts } from "../ports/mediaPorts.ts";
import { Visitors } from "../session/visitors.ts";
import type { Rights, Ticket } from "../ticket/ticket.ts";
import type { PublishedTrack } from "../track/track.ts";
import { Bulletin } from "./bulletin.ts";
import { ChangedRights } from "./changedRights.ts";
import { Departed } from "./departed.ts";
import { Grace } from "./grace.ts";
import { People } from "./people.ts";
import { Reception } from "./reception.ts";
import { infoOf, type RoomOptions } from "./roomInfo.ts";
import { Speakers } from "./speakers.ts";
import { Vacancy } from "./vacancy.ts";
import type { RoomWatcher, WatchedRoom } from "./watcher.ts";

/** How long somebody is kept whose socket is gone: media flows on, and the client comes back with the same sid. */
const keepWithoutSocketMs = 30_000;
/** Whoever has no media by then is no participant, ms; as long as LiveKit waits. */
const connectWithinMs = 60_000;

/** Who comes in and goes, and who is told of it. Ends by `close`, or by itself when it is empty. */
export class Room implements ParticipantEvents, WatchedRoom {
  readonly name: string;
  readonly sid = newRoomSid();
  readonly createdAt = Date.now();
  readonly #people = new People();
  /** By identity. */
  readonly participants = this.#people.byIdentity;
  readonly reception = new Reception(this.participants);
  readonly speakers = new Speakers(this.participants, this.reception);
  readonly visitors = new Visitors();
  /** Data packets. */
  readonly post = new Post(() => this.participants.values());
  /** Longer than anybody is kept who does not hear of it. */
  readonly departed = new Departed(2 * keepWithoutSocketMs);
  readonly #options: RoomOptions;
  readonly #media: MediaPorts;
  readonly #log: Log;
  readonly #watcher: RoomWatcher;
  readonly #ended: (room: Room) => void;
  readonly #changedRights = new ChangedRights();
  readonly #bulletin = new Bulletin(this.#people, () => this.info());
  readonly #withoutMedia = new Grace(connectWithinMs, (late) => this.remove(late, DisconnectReason.JOIN_FAILURE));
  readonly #withoutSocket = new Grace(keepWithoutSocketMs, (lost) => this.remove(lost, DisconnectReason.SIGNAL_CLOSE));
  readonly #vacancy = new Vacancy(() => this.close(DisconnectReason.ROOM_CLOSED));
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
    return infoOf(this, this.#options, this.#people);
  }

  get pictures(): Pictures {
    return this.#media.customs.pictures;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Recorders take no place, and whoever comes back has one. */
  hasPlaceFor(ticket: Ticket): boolean {
    const { maxParticipants } = this.#options;
    if (maxParticipants === 0 || ticket.rights.recorder) return true;
    return this.#people.inhabitants.filter(({ identity }) => identity !== ticket.identity).length < maxParticipants;
  }

  /** Those that `participant` sees. */
  othersOf(participant: Participant): ParticipantInfo[] {
    return this.#people.othersOf(participant);
  }

  /** Lets somebody in. Whoever was here by the same identity is out. */
  join(ticket: Ticket, wishes: ClientWishes): Participant {
    const older = this.participants.get(ticket.identity);
    if (older) this.remove(older, DisconnectReason.DUPLICATE_IDENTITY);
    this.#changedRights.apply(ticket);
    const media = this.#media.choose([...this.participants.values()].map((present) => present.media));
    const limits = this.visitors.limitsOf(ticket.identity);
    const participant = new Participant(ticket, wishes, media, limits, this, this.#log);
    this.#people.enter(participant);
    // Whoever is alone has it from the answer to joining.
    if (this.participants.size === 1) this.#bulletin.known();
    this.#withoutMedia.begin(participant);
    this.#endWhenEmpty(this.#options.emptyTimeout);
    this.#log.info({ participant: participant.sid, hidden: ticket.rights.hidden }, "participant.joined");
    this.#people.show(participant);
    this.#presenceChanged(participant);
    return participant;
  }

  /** After the join was answered: everything there is to see and hear. */
  welcome(participant: Participant): void {
    this.reception.settleFor(participant);
  }

  /** The socket of this participant is gone; unless it comes back in time, so is the participant. */
  socketLost(participant: Participant): void {
    if (participant.gone || this.#withoutSocket.has(participant)) return;
    this.#withoutSocket.begin(participant);
    this.#log.info({ participant: participant.sid }, "participant.socket-lost");
  }

  socketBack(participant: Participant): void {
    this.#withoutSocket.end(participant);
    this.#log.info({ participant: participant.sid }, "participant.resumed");
  }

  remove(
    participant: Participant,
    reason: DisconnectReason,
    action: LeaveRequest_Action = LeaveRequest_Action.DISCONNECT,
  ): void {
    if (participant.gone) return;
    this.#withoutMedia.end(participant);
    this.#withoutSocket.end(participant);
    const info = participant.info(reason);
    for (const track of participant.tracks.values()) {
      this.reception.end(track.sid);
      this.#watcher.unpublished(this, participant, track);
    }
    participant.stop();
    this.#people.leave(participant);
    participant.session?.leave(reason, action);
    participant.session = null;
    this.speakers.left(participant.sid);
    this.visitors.left(this.participants);
    if (!participant.rights.hidden) this.departed.note(info);
    this.#people.show(participant, info);
    this.#log.info({ participant: participant.sid, reason: DisconnectReason[reason] }, "participant.left");
    this.#watcher.left(this, participant, info);
    this.#presenceChanged(participant);
    if (!this.#closed) this.#endWhenEmpty(this.#options.departureTimeout);
  }

  setMetadata(metadata: string): void {
    this.#options.metadata = metadata;
    this.#bulletin.tell();
  }

  /** For somebody who is not here now: what they may when they come in with a ticket from before this. */
  rememberRights(identity: string, rights: Rights, at: number): void {
    this.#changedRights.note(identity, rights, at);
  }

  setRights(participant: Participant, rights: Rights, at: number): void {
    participant.setRights(rights);
    this.#changedRights.note(participant.identity, rights, at);
    this.#bulletin.countsChanged();
    this.reception.settleFor(participant);
    this.changed(participant);
  }

  close(reason: DisconnectReason, action?: LeaveRequest_Action): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#vacancy.stop();
    for (const participant of [...this.participants.values()]) this.remove(participant, reason, action);
    this.#log.info({ reason: DisconnectReason[reason] }, "room.closed");
    this.#bulletin.stop();
    this.#watcher.finished(this);
    this.#ended(this);
  }

  // What its participants tell it.

  changed(participant: Participant): void {
    const info = participant.info();
    participant.session?.send({ case: "update", value: { participants: [info] } });
    this.#people.show(participant, info);
  }

  active(participant: Participant): void {
    this.#withoutMedia.end(participant);
    this.changed(participant);
    // Told any sooner, clients do not yet know the people and tracks it is about, and forget it.
    this.reception.settleFor(participant);
    this.#watcher.joined(this, participant);
  }

  published(participant: Participant, track: PublishedTrack): void {
    this.changed(participant);
    this.#bulletin.countsChanged();
    this.#watcher.published(this, participant, track);
    this.#log.info({ participant: participant.sid, track: track.sid, mime: track.info.mimeType }, "track.published");
    track.tooLarge = () => this.#log.warn({ participant: participant.sid, track: track.sid }, "track.too-large");
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

  /** Whoever came or went is counted; that somebody records, or no longer does, is told at once. */
  #presenceChanged({ rights }: Participant): void {
    if (rights.recorder) this.#bulletin.tell();
    this.#bulletin.countsChanged();
  }

  /** Of who comes and goes only inhabitants count: recorders keep no room. */
  #endWhenEmpty(seconds: number): void {
    this.#vacancy.look(this.#people.inhabitants.length === 0, seconds);
  }
}
