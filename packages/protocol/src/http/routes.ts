import { MeetingId, OrganId, SeatId } from "@raadhuis/meeting";
import { z } from "zod";
import { House } from "./house.ts";
import { CreatedMeeting, MeetingSummary, NewMeeting, SeatLink } from "./meetings.ts";
import { IdentifierBody, Office, SetUpBody, SetUpLinkBody, SignInBody, SignInLink, ZoneBody } from "./office.ts";
import { Organ, OrganBody } from "./organs.ts";
import { PeopleList, PeopleListDone, Person, PersonBody } from "./people.ts";
import { route } from "./route.ts";
import { RedeemBody, SeatSession } from "./seats.ts";
import { Trail, TrailNews, TrailQuery } from "./trail.ts";

/** Bytes of a request that holds a list. */
const MAX_LIST_BYTES = 1024 * 1024;

const ofPerson = z.object({ person: z.string().max(32) });
const ofOrgan = z.object({ organ: OrganId });
const ofMeeting = z.object({ meeting: MeetingId });
const ofSeat = z.object({ seat: SeatId });

/**
 * The chamber's HTTP API. The server registers from this table and answers no other address below `/api`; `client` calls
 * by it; `/api/openapi.json` is written from it.
 */
export const routes = {
  house: {
    get: route({
      method: "GET",
      path: "/api/house",
      does: "Whose house it is.",
      who: "anyone",
      answer: House,
      refusals: [],
    }),
    describe: route({
      method: "GET",
      path: "/api/openapi.json",
      does: "This API, as OpenAPI describes one.",
      who: "anyone",
      answer: z.looseObject({ openapi: z.string() }),
      refusals: [],
    }),
  },
  seats: {
    redeem: route({
      method: "POST",
      path: "/api/seats/redeem",
      does: "Opens a personal link: sets the seat's cookie, which is good below /api/seats/<seat> alone.",
      who: "anyone",
      body: RedeemBody,
      answer: SeatSession,
      refusals: ["link.unknown", "meeting.ended"],
    }),
    get: route({
      method: "GET",
      path: "/api/seats/:seat",
      does: "Whether this seat's session lives.",
      who: "seat",
      params: ofSeat,
      answer: SeatSession,
      refusals: [],
    }),
  },
  office: {
    checkSetUpLink: route({
      method: "POST",
      path: "/api/office/setup-link",
      does: "Whether the house can be set up by this link.",
      who: "anyone",
      body: SetUpLinkBody,
      answer: null,
      refusals: ["link.unknown", "office.already-set-up", "office.setup-lapsed"],
    }),
    setUp: route({
      method: "POST",
      path: "/api/office/setup",
      does: "Sets the house up, once, and signs its first clerk in.",
      who: "anyone",
      body: SetUpBody,
      answer: Office,
      refusals: ["link.unknown", "office.already-set-up", "office.setup-lapsed", "office.busy", "password.common"],
    }),
    signIn: route({
      method: "POST",
      path: "/api/office/sign-in",
      does: "Signs in by address and password, or by a one-time link: sets the office's cookie.",
      who: "anyone",
      body: SignInBody,
      answer: Office,
      refusals: [
        "office.not-set-up",
        "office.wrong-credentials",
        "office.busy",
        "office.link-used",
        "office.link-lapsed",
        "link.unknown",
      ],
    }),
    signOut: route({
      method: "POST",
      path: "/api/office/sign-out",
      does: "Ends this session, and what is open of it.",
      who: "clerk",
      answer: null,
      refusals: [],
    }),
    get: route({
      method: "GET",
      path: "/api/office",
      does: "Who is signed in, and what the body is called.",
      who: "clerk",
      answer: Office,
      refusals: [],
    }),
    changeZone: route({
      method: "PUT",
      path: "/api/office/zone",
      does: "The body's time zone, from now on.",
      who: "clerk",
      body: ZoneBody,
      answer: Office,
      refusals: [],
    }),
    changeIdentifier: route({
      method: "PUT",
      path: "/api/office/identifier",
      does: "The body's own name among bodies, in records from now on.",
      who: "clerk",
      body: IdentifierBody,
      answer: Office,
      refusals: [],
    }),
    makeSignInLink: route({
      method: "POST",
      path: "/api/office/sign-in-links",
      does: "A one-time way in, for another browser of this clerk's.",
      who: "clerk",
      answer: SignInLink,
      refusals: [],
    }),
  },
  people: {
    list: route({
      method: "GET",
      path: "/api/office/people",
      does: "The roster.",
      who: "clerk",
      answer: z.array(Person),
      refusals: [],
    }),
    add: route({
      method: "POST",
      path: "/api/office/people",
      does: "One more person.",
      who: "clerk",
      body: PersonBody,
      answer: Person,
      refusals: ["person.name-taken"],
    }),
    takeList: route({
      method: "POST",
      path: "/api/office/people/lists",
      does: "A list of people, all of them or none. The same key with the same list is answered again and not done twice.",
      who: "clerk",
      body: PeopleList,
      maxBytes: MAX_LIST_BYTES,
      answer: PeopleListDone,
      refusals: ["person.malformed", "person.name-taken"],
    }),
    change: route({
      method: "PUT",
      path: "/api/office/people/:person",
      does: "Name, party and role of a person, from now on.",
      who: "clerk",
      params: ofPerson,
      body: PersonBody,
      answer: Person,
      refusals: ["person.unknown", "person.name-taken"],
    }),
    remove: route({
      method: "DELETE",
      path: "/api/office/people/:person",
      does: "Forgets a person of the roster. Seats of theirs stay.",
      who: "clerk",
      params: ofPerson,
      answer: null,
      refusals: ["person.unknown"],
    }),
  },
  organs: {
    list: route({
      method: "GET",
      path: "/api/office/organs",
      does: "Councils, committees, colleges.",
      who: "clerk",
      answer: z.array(Organ),
      refusals: [],
    }),
    add: route({
      method: "POST",
      path: "/api/office/organs",
      does: "One more organ.",
      who: "clerk",
      body: OrganBody,
      answer: Organ,
      refusals: ["organ.name-taken", "organ.too-many"],
    }),
    rename: route({
      method: "PUT",
      path: "/api/office/organs/:organ",
      does: "An organ's name, in records from now on.",
      who: "clerk",
      params: ofOrgan,
      body: OrganBody,
      answer: Organ,
      refusals: ["organ.unknown", "organ.name-taken"],
    }),
    remove: route({
      method: "DELETE",
      path: "/api/office/organs/:organ",
      does: "Removes an organ. Meetings that were made keep its name.",
      who: "clerk",
      params: ofOrgan,
      answer: null,
      refusals: ["organ.unknown"],
    }),
  },
  meetings: {
    list: route({
      method: "GET",
      path: "/api/office/meetings",
      does: "All meetings.",
      who: "clerk",
      answer: z.array(MeetingSummary),
      refusals: [],
    }),
    plan: route({
      method: "POST",
      path: "/api/office/meetings",
      does: "Plans a meeting. The only time that its personal links are shown.",
      who: "clerk",
      body: NewMeeting,
      maxBytes: MAX_LIST_BYTES,
      answer: CreatedMeeting,
      refusals: ["organ.unknown", "person.unknown", "seat.name-taken", "meeting.kind"],
    }),
  },
  links: {
    renew: route({
      method: "POST",
      path: "/api/office/meetings/:meeting/seats/:seat/link",
      does: "A new personal link for a seat; the old one and its sessions end.",
      who: "clerk",
      params: ofMeeting.extend(ofSeat.shape),
      answer: SeatLink,
      refusals: ["meeting.unknown", "meeting.unreadable", "meeting.ended", "seat.unknown", "seat.removed"],
    }),
    renewAll: route({
      method: "POST",
      path: "/api/office/meetings/:meeting/links",
      does: "New personal links for all who are not removed; the old ones and all sessions end.",
      who: "clerk",
      params: ofMeeting,
      answer: z.array(SeatLink),
      refusals: ["meeting.unknown", "meeting.unreadable", "meeting.ended"],
    }),
  },
  trail: {
    page: route({
      method: "GET",
      path: "/api/office/trail",
      does: "Who came in, and who tried. Newest first.",
      who: "clerk",
      query: TrailQuery,
      answer: Trail,
      refusals: [],
    }),
    news: route({
      method: "GET",
      path: "/api/office/trail/news",
      does: "What failed since this clerk last looked.",
      who: "clerk",
      answer: TrailNews,
      refusals: [],
    }),
    look: route({
      method: "POST",
      path: "/api/office/trail/seen",
      does: "This clerk has looked.",
      who: "clerk",
      answer: null,
      refusals: [],
    }),
  },
};

/** Where a meeting's socket opens, for a seat and for the office. */
export const sockets = {
  seat: route({
    method: "GET",
    path: "/api/seats/:seat/socket",
    does: "The meeting's WebSocket, for whoever takes part.",
    who: "seat",
    params: ofSeat,
    socket: true,
    refusals: [],
  }),
  office: route({
    method: "GET",
    path: "/api/office/meetings/:meeting/socket",
    does: "The meeting's WebSocket, for the office.",
    who: "clerk",
    params: ofMeeting,
    socket: true,
    refusals: ["meeting.unknown"],
  }),
};
