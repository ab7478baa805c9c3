import { partsOfSeatLink, type SeatSession, sockets } from "@raadhuis/protocol/http";
import { MAX_MESSAGE_BYTES } from "@raadhuis/protocol/socket";
import { askBy, pathTo } from "../http/ask.ts";
import { clientOf } from "../http/client.ts";
import { orThrow } from "../http/result.ts";
import { type Ending, MeetingConnection, type Surroundings, type Welcome } from "../meeting/connection.ts";
import type { Visit } from "./visit.ts";

/** Largest message of the server's that is taken, bytes: it closes a socket on which more than that waits. */
const MAX_HEARD_BYTES = 64 * MAX_MESSAGE_BYTES;

/** Answers to an upgrade after which there is nothing more to try. */
const endings: Readonly<Record<number, Ending>> = { 401: "seat.no-session", 404: "meeting.unknown" };

/** What a program gives its meeting's connection. It sees how an upgrade was answered, and need not ask its session why. */
export function inNode(visit: Visit, path: string): Surroundings {
  let welcome: Welcome = "welcome";
  return {
    open: () => {
      welcome = "welcome";
      const socket = visit.socket(path, { maxPayload: MAX_HEARD_BYTES });
      socket.on("unexpected-response", (_request, { statusCode = 0 }) => {
        welcome = endings[statusCode] ?? "welcome";
        socket.terminate();
      });
      // `close` follows.
      socket.on("error", () => undefined);
      return socket;
    },
    stillWelcome: async () => welcome,
    report: (error) => console.error(error),
  };
}

type Reporting = Pick<Surroundings, "report">;

/** Opens a personal link, as its page does: this visit has the seat from now on. Throws Refused. */
export async function redeem(visit: Visit, link: string): Promise<SeatSession> {
  return orThrow(await clientOf(askBy(visit.send)).seats.redeem({ body: partsOfSeatLink(link) }));
}

/** A seat's connection, in the lobby: it has been redeemed by this visit. */
export const seatConnection = (visit: Visit, seat: string, reporting: Reporting = {}): MeetingConnection =>
  new MeetingConnection({ ...inNode(visit, pathTo(sockets.seat, { seat })), ...reporting });

/** The office's connection to a meeting: this visit has signed in. */
export const officeConnection = (visit: Visit, meeting: string, reporting: Reporting = {}): MeetingConnection =>
  new MeetingConnection({ ...inNode(visit, pathTo(sockets.office, { meeting })), ...reporting });
