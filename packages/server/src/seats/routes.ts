import { routes, sockets } from "@raadhuis/protocol/http";
import type { FastifyInstance } from "fastify";
import { houseError } from "../errors.ts";
import { seatCookie, seatCookieName } from "../http/cookies.ts";
import { NetworkLimiter } from "../http/limiter.ts";
import { networkOf } from "../http/networks.ts";
import { serve } from "../http/serve.ts";
import type { Hub } from "../meetings/hub.ts";
import type { Pages } from "../meetings/pages.ts";
import { hashOf, newSecret } from "../random.ts";
import { mustBeInTouch } from "../servers/touch.ts";
import type { SeatOfMeeting } from "../store/access.ts";
import { lifetimes } from "../store/lifetimes.ts";
import type { Store } from "../store/store.ts";
import { leastMissedFirst, Origins } from "./room.ts";

interface SeatOptions {
  store: Pick<Store, "access" | "feed" | "now">;
  hub: Pick<Hub, "ofSeat">;
  pages: Pages;
  secure: boolean;
  /** Sessions of a seat have ended to make room. */
  onEnded(of: SeatOfMeeting): void;
}

/** Personal links are exchanged for a seat's cookie; the cookie opens the seat's socket. */
export function seatRoutes(app: FastifyInstance, { store, hub, pages, secure, onEnded }: SeatOptions): void {
  // Only whoever fails waits: a whole council may come in from one address, and a right link opens from any.
  const failures = new NetworkLimiter({ burst: 30, everyMs: 2_000 });
  // Each link in each network, so that whoever has one that leaked does not shut it for whose it is.
  const byLink = new NetworkLimiter({ burst: 30, everyMs: 60_000 });
  const origins = new Origins();

  const hasPage = ({ meeting, seat }: SeatOfMeeting, session: string) =>
    hub.ofSeat(meeting, seat).some((page) => page.session === session);

  serve(
    app,
    routes.seats,
    {
      redeem: async ({ body }, { request: { ip }, reply, about }) => {
        mustBeInTouch(store.feed);
        const secret = newSecret();
        const now = store.now();
        const link = hashOf(body.secret);
        const invited = await store.access.invited(link);
        if (invited?.meeting === body.meeting) {
          // Before anything is refused: the office sees whose link it is that somebody tries so often.
          about(invited);
          byLink.mustTake(ip, link);
        }
        const hash = hashOf(secret);
        const network = networkOf(ip);
        const redeemed = await store.access.redeem(
          { meeting: body.meeting, hash: link },
          {
            ...{ hash, now, expiresAt: now + lifetimes.seat.longest },
            order: leastMissedFirst({
              hasPage: (session) => invited !== undefined && hasPage(invited, session),
              isOwn: (session) => origins.isFrom(session, network),
            }),
          },
        );
        if (redeemed === "over") byLink.giveBack(ip, link);
        if (redeemed === "over") throw houseError("meeting.ended", "The meeting is over.");
        if (!redeemed) {
          failures.mustTake(ip);
          throw houseError("link.unknown");
        }
        const { seat, ended } = redeemed;
        origins.forget(ended);
        origins.note(hash, network);
        if (ended.length > 0) onEnded(seat);
        reply.setCookie(seatCookieName(seat.seat), secret, seatCookie(seat.seat, secure));
        return seat;
      },

      get: async ({ meeting, seat }) => ({ meeting, seat }),
    },
    { redeem: { kind: "seat.redeem" } },
  );

  pages.route(app, sockets.seat, {
    identify: async ({ meeting, seat, session }) => ({ who: { kind: "seat", seat }, meeting, session }),
    sessionLives: async (session) => (await store.access.seatSession(session, store.now())) !== undefined,
  });
}
