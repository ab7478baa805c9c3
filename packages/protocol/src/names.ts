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
