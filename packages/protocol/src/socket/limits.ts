/** Largest message a socket takes, in bytes; and largest request, but for those that hold a list (`maxBytes` in http/routes.ts). */
export const MAX_MESSAGE_BYTES = 64 * 1024;

/** Version of the socket protocol: a page built for another one is told to reload. */
export const PROTOCOL_VERSION = 4;
