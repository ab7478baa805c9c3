import { RequestResponse_Reason, type UpdateParticipantMetadata } from "@livekit/protocol";
import type { Participant } from "../participant/participant.ts";
import type { Room } from "../room/room.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { refuseRate, respond } from "./respond.ts";

/** Bytes in UTF-8. Each change goes to everybody in the room: LiveKit's limits are 512 kB and 64 kB. */
const maxNameBytes = 256;
const maxMetadataBytes = 16 * 1024;
const maxAttributesBytes = 16 * 1024;

const { LIMIT_EXCEEDED, NOT_ALLOWED, OK } = RequestResponse_Reason;

/** A participant's own name, metadata and attributes, where its rights let it change them. */
export function updateMetadata(room: Room, participant: Participant, update: UpdateParticipantMetadata): void {
  const { requestId } = update;
  const request = { case: "updateMetadata" as const, value: update };
  if (!participant.limits.allow("change")) {
    refuseRate(participant, request, requestId);
    return;
  }
  const refusal = participant.rights.canUpdateMetadata ? excessOf(participant.ticket, update) : notAllowed;
  if (refusal !== null) {
    respond(participant, request, refusal.reason, { message: refusal.message, requestId });
    return;
  }
  change(participant.ticket, update);
  room.changed(participant);
  participant.refreshTicket();
  respond(participant, request, OK, { requestId });
}

const notAllowed = { reason: NOT_ALLOWED, message: "does not have permission to update own metadata" };

/** An empty value takes an attribute away; an empty name or metadata leaves what there was. */
export function change(ticket: Ticket, { name, metadata, attributes }: Changes): void {
  if (name !== "") ticket.name = name;
  if (metadata !== "") ticket.metadata = metadata;
  ticket.attributes = changed(ticket.attributes, attributes);
}

type Changes = Pick<UpdateParticipantMetadata, "name" | "metadata" | "attributes">;

/** What is too much of it; `null`: nothing. */
export function excessOf(
  ticket: Ticket,
  { name, metadata, attributes }: Changes,
): { reason: RequestResponse_Reason; message: string } | null {
  if (Buffer.byteLength(name) > maxNameBytes) return { reason: LIMIT_EXCEEDED, message: "exceeds name length limit" };
  if (Buffer.byteLength(metadata) > maxMetadataBytes)
    return { reason: LIMIT_EXCEEDED, message: "exceeds metadata size limit" };
  const all = Object.entries(changed(ticket.attributes, attributes)).flat();
  return all.reduce((sum, text) => sum + Buffer.byteLength(text), 0) > maxAttributesBytes
    ? { reason: LIMIT_EXCEEDED, message: "exceeds attributes size limit" }
    : null;
}

const changed = (before: Record<string, string>, by: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries({ ...before, ...by }).filter(([, value]) => value !== ""));
