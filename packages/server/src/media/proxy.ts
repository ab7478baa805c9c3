import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Duplex } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { type MeetingId, type MeetingState, meetingOfRoom, type Occupancy, placesOf, SeatId } from "@raadhuis/meeting";
import { admissionHeader, admissionOf } from "@raadhuis/protocol/admission";
import { isRefusedForTime } from "@raadhuis/protocol/tickets";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type HouseError, houseError } from "../errors.ts";
import { isGone } from "../http/address.ts";
import { Budgets } from "../http/budgets.ts";
import type { Log } from "../log.ts";
import type { Meetings } from "../meetings/meetings.ts";
import { Listeners } from "../parts/listeners.ts";
import type { Attendance } from "./attendance.ts";
import { queryOf, type Tickets, ticketOf } from "./tickets.ts";
import { OPENING_BYTES, signallingRate, toll } from "./toll.ts";

interface MediaProxyOptions {
  url: string;
  tickets: Tickets;
  meetings: Meetings;
  log: Log;
  /** Whether this session is still one of that seat. */
  sessionLives(session: string, of: { meeting: MeetingId; seat: SeatId }): Promise<boolean>;
  attendance: Pick<Attendance, "has">;
  occupancy: (state: MeetingState) => Occupancy;
  /** How long somebody who comes waits for a media server that does not listen. */
  patienceMs?: number | undefined;
  /** Shared with the embedded media server, which takes our word only. A LiveKit goes by the ticket. */
  admissionSecret?: string | undefined;
}

/** All of the media server that clients may reach. */
const signalPaths = ["/rtc", "/rtc/v1"];
const OLDER_VALIDATE = "/rtc/validate";
const validatePaths = [OLDER_VALIDATE, "/rtc/v1/validate"];

/** Whoever may move to a new room hears so from the media server; its socket to the old one is cut after this time. */
const MOVING_MS = 2_000;
const UPSTREAM_TIMEOUT_MS = 5_000;
const PATIENCE_MS = 2_000;
const RETRY_MS = 50;
const CLOCKS_MS = 60_000;

const passedOn = ["user-agent"];
const passedOnToSockets = [
  ...passedOn,
  "sec-websocket-key",
  "sec-websocket-version",
  "sec-websocket-extensions",
  "sec-websocket-protocol",
];

interface Admitted {
  /** The ticket that was looked at: this one and no other goes to the media server. */
  token: string;
  meeting: MeetingId;
  seat: SeatId;
  session: string;
  room: string;
  /** By our own clock it has not lapsed. */
  fresh: boolean;
}

/**
 * The only way for clients to the media server's signalling. A ticket that is valid there is not enough: the seat must
 * belong in that room at this moment, with the rights it names, and the session it was given to must live and be in the chamber by
 * a page; the socket goes together with any of these.
 */
export class MediaProxy {
  readonly #upstream: URL;
  readonly #tickets: Tickets;
  readonly #meetings: Meetings;
  readonly #log: Log;
  readonly #sessionLives: MediaProxyOptions["sessionLives"];
  readonly #attendance: MediaProxyOptions["attendance"];
  readonly #occupancy: MediaProxyOptions["occupancy"];
  readonly #whenStrayed = new Listeners<[meeting: MeetingId, seat: SeatId, room: string]>();
  readonly #patienceMs: number;
  readonly #admissionSecret: string | undefined;
  readonly #open = new Map<Duplex, Admitted>();
  readonly #budgets = new Budgets(signallingRate);
  #saidClocksAt = Number.NEGATIVE_INFINITY;

  constructor(options: MediaProxyOptions) {
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.#admissionSecret = options.admissionSecret;
    this.#sessionLives = options.sessionLives;
    this.#attendance = options.attendance;
    this.#occupancy = options.occupancy;
    this.#upstream = new URL(options.url.replace(/^ws/, "http"));
    this.#tickets = options.tickets;
    this.#meetings = options.meetings;
    this.#log = options.log;
  }

  /** Somebody came into a room that they lost the right to at the same moment. */
  onStrayed(listener: (meeting: MeetingId, seat: SeatId, room: string) => void): void {
    this.#whenStrayed.add(listener);
  }

  register(app: FastifyInstance): void {
    for (const path of signalPaths)
      app.get(
        path,
        {
          config: { socket: true, who: "itself", session: this.#sessionBrought },
          // Before the handler, as the upgrade must not reach the meeting's own sockets.
          preHandler: async (request, reply) => {
            const admitted = await this.#admit(request);
            if (!request.ws) throw houseError("request.malformed", "This address takes WebSockets only.");
            this.#payEntry(admitted);
            await this.#relay(request, reply, admitted);
          },
        },
        async () => {
          throw houseError("request.malformed");
        },
      );
    for (const path of validatePaths)
      app.get(
        path,
        { logLevel: "warn", config: { who: "itself", session: this.#sessionBrought } },
        async (request, reply) => {
          const admitted = await this.#admit(request);
          this.#payEntry(admitted);
          return this.#ask(request, reply, admitted);
        },
      );
  }

  /** Cuts the sockets of whoever lost the right to them. */
  follow(state: MeetingState): void {
    const rooms = this.#occupancy(state);
    for (const [socket, { meeting, seat, room }] of this.#open) {
      if (meeting !== state.id) continue;
      const places = placesOf(rooms, seat);
      if (places.some((place) => place.room.name === room)) continue;
      // Out of a room that stays, or out of all of them, nobody moves: they are put out.
      const moves = places.length > 0 && !rooms.some(({ name }) => name === room);
      if (moves) setTimeout(() => socket.destroy(), MOVING_MS).unref();
      else socket.destroy();
    }
  }

  /** The sessions of this seat have ended, or these of them. */
  cut(meeting: MeetingId, seat: SeatId, sessions?: readonly string[]): void {
    for (const [socket, admitted] of this.#open) {
      if (admitted.meeting !== meeting || admitted.seat !== seat) continue;
      if (sessions && !sessions.includes(admitted.session)) continue;
      // Not to be found among the open ones from now on, though it closes later.
      this.#open.delete(socket);
      socket.destroy();
    }
  }

  /** Cuts the sockets of sessions that are not in the chamber any more. */
  cutAbsent(): void {
    for (const [socket, admitted] of this.#open) {
      if (this.#attendance.has(admitted)) continue;
      this.#open.delete(socket);
      socket.destroy();
    }
  }

  /** Whether this seat's media in a room come by a socket that is open. */
  has(seat: SeatId, room: string): boolean {
    return [...this.#open.values()].some((admitted) => admitted.room === room && admitted.seat === seat);
  }

  close(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }

  /** The one that its ticket was given to. */
  readonly #sessionBrought = async (request: FastifyRequest): Promise<string | undefined> => {
    const token = ticketOf(request.raw);
    const claims = token ? await this.#tickets.read(token) : undefined;
    return claims && "session" in claims ? claims.session : undefined;
  };

  /** Throws a HouseError with a code of `ticket` or `seat`. */
  async #admit(request: FastifyRequest): Promise<Admitted> {
    const token = ticketOf(request.raw);
    if (!token) throw houseError("ticket.missing");
    const claims = await this.#tickets.read(token);
    if ("refused" in claims)
      throw claims.refused === "ticket.clock" ? this.#clocksDiffer() : houseError(claims.refused);
    const seat = SeatId.safeParse(claims.identity);
    const meeting = meetingOfRoom(claims.room);
    if (!seat.success || !meeting) throw houseError("ticket.invalid");
    const state = (await this.#meetings.present(meeting))?.state;
    if (!state) throw houseError("ticket.wrong-room");
    const places = placesOf(this.#occupancy(state), seat.data);
    const known = state.seats.find(({ id }) => id === seat.data);
    if (!known) throw houseError("ticket.wrong-room");
    if (known.removed) throw houseError("seat.removed");
    if (places.length === 0) throw houseError("seat.not-admitted");
    const place = places.find(({ room }) => room.name === claims.room);
    if (!place) throw houseError("ticket.wrong-room");
    const may: readonly string[] = place.rights.publish;
    if (claims.publish.some((source) => !may.includes(source))) throw houseError("ticket.expired");
    const { session, room, fresh } = claims;
    const admitted = { token, meeting: state.id, seat: seat.data, session, room, fresh };
    if (!(await this.#sessionLives(admitted.session, admitted))) throw houseError("seat.no-session");
    request.server.known.see(session);
    if (!this.#attendance.has(admitted)) throw houseError("seat.absent");
    return admitted;
  }

  /** Of a socket, and of asking whether one would open. Throws `request.too-many` while its owner owes something. */
  #payEntry(admitted: Admitted): void {
    const owner = ownerOf(admitted);
    const { waitMs: retryAfterMs } = this.#budgets.spend(owner, 0);
    if (retryAfterMs > 0) throw houseError("request.too-many", { retryAfterMs });
    this.#budgets.spend(owner, OPENING_BYTES);
  }

  /** Joins the two sockets once the media server agrees; passes its answer on when it does not. */
  async #relay(request: FastifyRequest, reply: FastifyReply, admitted: Admitted): Promise<void> {
    const answer = await this.#callPatiently(request, admitted);
    if ("status" in answer) return this.#passOn(reply, answer, admitted);
    const { response, upstream, head } = answer;
    const downstream = request.raw.socket;
    reply.hijack();
    // Whoever has gone meanwhile closes no more: both sockets would stay as if somebody were there.
    if (isGone(downstream)) {
      upstream.destroy();
      return;
    }
    reply.raw.detachSocket(downstream);
    const log = this.#log.child({ meeting: admitted.meeting, seat: admitted.seat, room: admitted.room });
    let ended = false;
    const end = () => {
      this.#open.delete(downstream);
      if (!ended) log.info("media signalling ended");
      ended = true;
      downstream.destroy();
      upstream.destroy();
    };
    for (const socket of [downstream, upstream]) socket.on("error", end).on("close", end);
    // The meeting may have gone on, and the session ended or left, while the media server answered.
    this.#open.set(downstream, admitted);
    const lives = await this.#sessionLives(admitted.session, admitted).catch(() => false);
    const state = this.#meetings.peek(admitted.meeting);
    if (
      !lives ||
      !this.#attendance.has(admitted) ||
      !state ||
      !placesOf(this.#occupancy(state), admitted.seat).some(({ room }) => room.name === admitted.room)
    ) {
      this.#whenStrayed.tell(admitted.meeting, admitted.seat, admitted.room);
      return end();
    }
    downstream.write(`HTTP/1.1 101 Switching Protocols\r\n${headerLines(response)}\r\n\r\n`);
    if (head.length > 0) downstream.write(head);
    downstream.setTimeout(0);
    downstream.setNoDelay(true);
    upstream.pipe(downstream);
    const tooMuch = () => {
      log.warn("media signalling was ended: too much of it");
      end();
    };
    downstream.pipe(toll(this.#budgets, ownerOf(admitted), tooMuch)).pipe(upstream);
    log.info("media signalling begun");
  }

  /**
   * The media server listens again within moments when it died. A client whose socket broke asks at once, and when it is
   * refused once it gives up its media and joins anew: so it waits here.
   */
  async #callPatiently(request: FastifyRequest, admitted: Admitted): Promise<UpstreamAnswer> {
    for (const end = performance.now() + this.#patienceMs; ; await pause(RETRY_MS)) {
      try {
        return await this.#call(request, admitted, { upgrade: true });
      } catch (error) {
        if (performance.now() > end || request.raw.socket.destroyed) throw error;
      }
    }
  }

  async #ask(request: FastifyRequest, reply: FastifyReply, admitted: Admitted): Promise<FastifyReply> {
    const answer = await this.#call(request, admitted, { upgrade: false });
    if (!("status" in answer)) throw houseError("media.unavailable");
    return this.#passOn(reply, answer, admitted);
  }

  /** The media server's refusal as it is, but of a ticket's time, which says more of the clocks than of the ticket. */
  #passOn(reply: FastifyReply, refusal: Refusal, { fresh }: Admitted): FastifyReply {
    if (refusal.status === 401 && isRefusedForTime(refusal.body))
      throw fresh ? this.#clocksDiffer() : houseError("ticket.expired");
    return passOn(reply, refusal);
  }

  /** Pages that are refused ask again twice a second: it is logged once a minute. */
  #clocksDiffer(): HouseError {
    const now = performance.now();
    if (now - this.#saidClocksAt > CLOCKS_MS) {
      this.#saidClocksAt = now;
      this.#log.error({ code: "ticket.clock" }, "the clocks of the house's machines differ: set them by NTP");
    }
    return houseError("ticket.clock");
  }

  /** Asks the media server the same, with the ticket that was looked at in place of any that came along. */
  #call(request: FastifyRequest, { token }: Admitted, { upgrade }: { upgrade: boolean }): Promise<UpstreamAnswer> {
    const incoming = request.raw;
    const { url: route = "/" } = request.routeOptions;
    // The older one needs no `join_request`: a packed one costs the media server a megabyte of unpacking, for an answer
    // that is about the ticket.
    const path = upgrade ? route : OLDER_VALIDATE;
    const headers: OutgoingHttpHeaders = { authorization: `Bearer ${token}` };
    if (this.#admissionSecret) headers[admissionHeader] = admissionOf(this.#admissionSecret, token);
    for (const name of upgrade ? passedOnToSockets : passedOn)
      if (incoming.headers[name] !== undefined) headers[name] = incoming.headers[name];
    if (upgrade) Object.assign(headers, { connection: "Upgrade", upgrade: "websocket" });
    // Of the address only the query is taken over: a request may name another host in it (RFC 9112, 3.2.2).
    const url = new URL(path, this.#upstream);
    url.search = queryOf(incoming).toString();
    url.searchParams.delete("access_token");
    if (!upgrade) url.searchParams.delete("join_request");
    const send = this.#upstream.protocol === "https:" ? httpsRequest : httpRequest;
    const { promise, resolve, reject } = Promise.withResolvers<UpstreamAnswer>();
    const outgoing = send(url, { headers, timeout: UPSTREAM_TIMEOUT_MS, agent: false });
    outgoing.on("upgrade", (response, upstream, head) => resolve({ response, upstream, head }));
    outgoing.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 502,
          retryAfter: response.headers["retry-after"],
          body: Buffer.concat(parts).toString("utf8"),
        }),
      );
      response.on("error", () => reject(houseError("media.unavailable")));
    });
    outgoing.on("timeout", () => outgoing.destroy());
    outgoing.on("error", () => reject(houseError("media.unavailable")));
    outgoing.end();
    return promise;
  }
}

const ownerOf = ({ meeting, seat }: Admitted): string => `${meeting} ${seat}`;

interface Refusal {
  status: number;
  retryAfter: string | undefined;
  body: string;
}
type UpstreamAnswer = { response: IncomingMessage; upstream: Duplex; head: Buffer } | Refusal;

function passOn(reply: FastifyReply, { status, retryAfter, body }: Refusal): FastifyReply {
  const again =
    retryAfter ?? (status === 503 || status === 429 ? houseError("media.unavailable").retryAfter : undefined);
  if (again !== undefined) reply.header("retry-after", again);
  return reply.code(status).type("text/plain").send(body);
}

function headerLines({ rawHeaders }: IncomingMessage): string {
  const lines: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  return lines.join("\r\n");
}
