import { DisconnectReason, type SessionDescription } from "@livekit/protocol";
import type { Log } from "../base/log.ts";
import type { Participant } from "../participant/participant.ts";
import type { Room } from "../room/room.ts";
import { NotAnOffer } from "../sdp/offer.ts";
import { Turns } from "../session/turns.ts";

/** Of this thread, whatever the room. */
const turns = new Turns();

/** Answers an offer; one that is none ends this participant's visit, and nobody else's. */
export const answerOffer = (room: Room, participant: Participant, offer: SessionDescription, log: Log): void =>
  negotiate(room, participant, offer, log, () => {
    const { sdp, midToTrackId } = participant.negotiation.answer(offer.sdp);
    participant.session?.send({ case: "answer", value: { type: "answer", sdp, id: offer.id, midToTrackId } });
  });

/** Takes the answer to an offer of ours. */
export const acceptAnswer = (room: Room, participant: Participant, answer: SessionDescription, log: Log): void =>
  negotiate(room, participant, answer, log, () => participant.negotiation.accept(answer.sdp, answer.id));

function negotiate(
  room: Room,
  participant: Participant,
  { sdp }: SessionDescription,
  log: Log,
  agree: () => void,
): void {
  const { limits, session } = participant;
  // There is no answer that refuses an offer, and without one the client waits for ever.
  const refuse = (error: unknown) => {
    const known = error instanceof NotAnOffer || error instanceof TooMany;
    const why = known ? error.message : "The description could not be used.";
    log.warn({ participant: participant.sid, why, ...(known ? {} : { err: error }) }, "negotiation.refused");
    room.remove(participant, DisconnectReason.JOIN_FAILURE);
  };
  const run = () => {
    try {
      agree();
    } catch (error) {
      refuse(error);
    }
  };
  // Whoever has come back by another socket describes themselves anew.
  const isWanted = () => !participant.gone && participant.session === session;
  const isWithin = limits.allow("description") && limits.allow("descriptionBytes", sdp.length);
  if (!isWithin || !turns.take({ owner: participant, time: limits.descriptionTime, isWanted, run }))
    refuse(new TooMany());
}

class TooMany extends Error {
  override readonly message = "Too many descriptions.";
}
