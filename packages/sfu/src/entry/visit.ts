import { randomBytes } from "node:crypto";
import {
  ClientInfo_SDK,
  DisconnectReason,
  LeaveRequest_Action,
  ServerInfo,
  ServerInfo_Edition,
} from "@livekit/protocol";
import type { WebSocket } from "ws";
import type { Log } from "../base/log.ts";
import { timerMs } from "../base/timer.ts";
import type { Participant } from "../participant/participant.ts";
import type { Room } from "../room/room.ts";
import type { Rooms } from "../room/rooms.ts";
import { publishableCodecs } from "../sdp/capabilities.ts";
import { Session } from "../session/session.ts";
import { answerOffer } from "../signal/negotiate.ts";
import { addTrack } from "../signal/ownTracks.ts";
import { handleSignal } from "../signal/signal.ts";
import { type ApiKey, freshTicket, type Ticket } from "../ticket/ticket.ts";
import { iceServersFor, type Relays } from "../ticket/turn.ts";
import { abilitiesOf, type JoinWishes } from "./join.ts";

/** The release of LiveKit whose protocol this follows: clients look at it before they use what is newer. */
const serverInfo = new ServerInfo({
  edition: ServerInfo_Edition.Standard,
  version: "1.13.5",
  protocol: 17,
  nodeId: "raadhuis",
});

/** What visitors come into, and are given: tickets signed by its key, and its relays. */
export interface Premises {
  rooms: Rooms;
  api: ApiKey;
  /** Shared with the chamber, which lets people in; `null`: a ticket is enough, as with any LiveKit. */
  admissionSecret: string | null;
  relays: Relays | null;
  log: Log;
}

/** One open socket with a good ticket: joins or comes back, and speaks for its participant from then on. */
export function visit(socket: WebSocket, ticket: Ticket, wishes: JoinWishes, premises: Premises): void {
  const { api, log } = premises;
  let here: Place | null = null;
  let refresh: NodeJS.Timeout | null = null;
  const session = new Session(socket, {
    message: (message) => {
      if (here && !here.participant.gone) handleSignal(here.room, here.participant, message, log);
    },
    affordsPing: () => here?.participant.limits.allow("any") ?? true,
    affords: (weight) => here?.participant.limits.allow("weight", weight) ?? true,
    // Its media was seen to end before its goodbye came: it is not waited for.
    goodbye: (message) => {
      if (here?.participant.gone === false && here.participant.session === null)
        handleSignal(here.room, here.participant, message, log);
    },
    broke: (code) => {
      log.warn({ code, participant: here?.participant.sid }, "session.broke");
      if (here) here.room.remove(here.participant, DisconnectReason.STATE_MISMATCH);
      session.leave(DisconnectReason.STATE_MISMATCH);
    },
    closed: () => {
      if (refresh) clearInterval(refresh);
      if (here?.participant.session !== session) return;
      here.participant.session = null;
      here.room.socketLost(here.participant);
    },
  });

  const come = wishes.resume === null ? enter : comeBack;
  const entered = come(premises, ticket, wishes, session);
  if (entered === null || entered.participant.gone) return;
  here = entered;
  const { participant } = entered;
  const sendTicket = async () => {
    const token = await freshTicket(participant.ticket, api);
    session.send({ case: "refreshToken", value: token });
  };
  const refreshTicket = () => {
    sendTicket().catch((error: unknown) => log.error({ err: error }, "ticket.refresh-failed"));
  };
  refreshTicket();
  participant.refreshTicket = refreshTicket;
  // At half its life: a lost socket finds a ticket with the other half left.
  refresh = setInterval(refreshTicket, timerMs(participant.ticket.lifetime / 2));
}

interface Place {
  room: Room;
  participant: Participant;
}

/** `null`: told to leave. */
function enter(premises: Premises, ticket: Ticket, wishes: JoinWishes, session: Session): Place | null {
  const room = premises.rooms.ensure(ticket.room);
  if (!room.hasPlaceFor(ticket)) {
    session.leave(DisconnectReason.JOIN_FAILURE);
    return null;
  }
  if (!room.visitors.mayCome(ticket.identity)) {
    session.leave(DisconnectReason.JOIN_FAILURE, LeaveRequest_Action.RECONNECT);
    return null;
  }
  const { clientInfo } = wishes.request;
  const participant = room.join(ticket, {
    form: wishes.form,
    autoSubscribe: wishes.autoSubscribe,
    trackInStreamId: /firefox/i.test(clientInfo?.browser ?? ""),
    protocol: clientInfo?.protocol ?? 0,
    sdk: clientInfo?.sdk ?? ClientInfo_SDK.UNKNOWN,
    ...abilitiesOf(clientInfo),
  });
  participant.session = session;
  session.send({ case: "join", value: joinResponse(premises, room, participant) });
  for (const request of wishes.request.addTrackRequests) addTrack(participant, request);
  participant.negotiation.begin();
  room.welcome(participant);
  if (wishes.offer) answerOffer(room, participant, wishes.offer, premises.log);
  return { room, participant };
}

/** `null`: nobody is kept by this sid; the client is told to join anew. */
function comeBack(premises: Premises, ticket: Ticket, wishes: JoinWishes, session: Session): Place | null {
  const room = premises.rooms.get(ticket.room);
  const participant = room?.participants.get(ticket.identity);
  if (
    !room ||
    participant?.sid !== wishes.resume ||
    participant.wishes.form !== wishes.form ||
    !room.visitors.mayCome(ticket.identity)
  ) {
    session.leave(DisconnectReason.STATE_MISMATCH, LeaveRequest_Action.RECONNECT);
    return null;
  }
  const older = participant.session;
  participant.session = session;
  participant.subscriptions.cameBack();
  older?.close();
  room.socketBack(participant);
  const { dropOnResume } = participant;
  participant.dropOnResume = null;
  if (dropOnResume === "before") {
    session.drop();
    return { room, participant };
  }
  const { lastSequence } = participant.mailbox;
  session.send({
    case: "reconnect",
    value: { iceServers: iceServersOf(premises, participant), serverInfo, lastMessageSeq: lastSequence },
  });
  // First those who are gone: one of them may be back under another sid.
  session.send({ case: "update", value: { participants: room.departed.list() } });
  session.send({ case: "update", value: { participants: [participant.info(), ...room.othersOf(participant)] } });
  session.send({ case: "roomUpdate", value: { room: room.info() } });
  participant.negotiation.resume();
  for (const track of participant.tracks.values()) track.tellWishesAgain();
  if (dropOnResume === "after") session.drop();
  return { room, participant };
}

/** A recorder runs beside us and needs no relay. */
const iceServersOf = ({ relays }: Premises, { rights, sid }: Participant) =>
  rights.recorder ? [] : iceServersFor(relays, sid);

const joinResponse = (premises: Premises, room: Room, participant: Participant) => ({
  room: room.info(),
  participant: participant.info(),
  otherParticipants: room.othersOf(participant),
  serverVersion: serverInfo.version,
  serverInfo,
  iceServers: iceServersOf(premises, participant),
  // LiveKit says so of those who may subscribe. Here the other connection may carry nothing, and then is never up.
  subscriberPrimary: participant.wishes.form === "dual",
  // Clients of `/rtc` make the connection they publish by at once, and not first when they publish.
  fastPublish: participant.rights.canPublish,
  pingInterval: 5,
  pingTimeout: 15,
  // By which clients know frames that a server puts into encrypted media. None is ever put there, and nobody else knows it;
  // to LiveKit's Go SDK an empty one ends every frame, and it drops them all.
  sifTrailer: randomBytes(16),
  enabledPublishCodecs: [...publishableCodecs[participant.media.customs.pictures]],
});
