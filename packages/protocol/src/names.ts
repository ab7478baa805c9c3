/**
 * The LiveKit room of one epoch of a meeting. `meeting` is a MeetingId, `epoch` counts from 1.
 * @example roomName("k3v9x2m4qa", 2) // "k3v9x2m4qa-2"
 */
export const roomName = (meeting: string, epoch: number): string => `${meeting}-${epoch}`;

/** The inverse of roomName; `null` for a name that is no room of ours. */
export function parseRoomName(room: string): { meeting: string; epoch: number } | null {
  const match = /^([a-z0-9]{8,32})-([1-9]\d{0,8})$/.exec(room);
  return match ? { meeting: match[1]!, epoch: Number(match[2]) } : null;
}

/** Identity of the hidden participant that makes the broadcast. No SeatId is this short. */
export const EGRESS_IDENTITY = "egress";

/** LiveKit tickets live this long, in seconds; the media server refreshes them before they lapse. */
export const TICKET_SECONDS = 60;

/** Largest message a socket takes, in bytes. */
export const MAX_MESSAGE_BYTES = 64 * 1024;

/** Version of the socket protocol: a page built for another one is told to reload. */
export const PROTOCOL_VERSION = 4;

/** The personal way to a seat. The secret is in the fragment, which no browser sends to any server. */
export const seatLink = (chamber: string, meeting: string, secret: string): string =>
  `${chamber}/m/${meeting}#${secret}`;

/** Where the house is set up, once. */
export const setUpLink = (chamber: string, secret: string): string => `${chamber}/office/setup#${secret}`;

/** A one-time way into the office. */
export const signInLink = (chamber: string, secret: string): string => `${chamber}/office/sign-in#${secret}`;
