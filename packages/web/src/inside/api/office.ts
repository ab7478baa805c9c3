import {
  CreatedMeeting,
  House,
  MeetingSummary,
  type NewMeeting,
  Office,
  Organ,
  type OrganBody,
  type PeopleList,
  PeopleListDone,
  Person,
  type PersonBody,
  SeatLink,
  type SetUpBody,
  SignInLink,
  Trail,
  TrailNews,
} from "@raadhuis/protocol/http";
import { z } from "zod";
import { orAgain } from "./again.ts";
import { RETRY_PATIENCE_MS, request } from "./request.ts";

const nothing = z.undefined();

/** For whoever is signed in; whose session is over meanwhile signs in again on the spot. */
const inSession: typeof request = (...asked) => orAgain(() => request(...asked));

export const house = () => request("GET", "/api/house", House);

export const setUpLink = (secret: string) => request("POST", "/api/office/setup-link", nothing, { secret });
export const setUp = (body: z.input<typeof SetUpBody>) => request("POST", "/api/office/setup", Office, body);
export const signIn = (email: string, password: string) =>
  request("POST", "/api/office/sign-in", Office, { email, password });
export const signInByLink = (secret: string) => request("POST", "/api/office/sign-in", Office, { secret });
export const signOut = () => request("POST", "/api/office/sign-out", nothing, {});
export const office = () => request("GET", "/api/office", Office, undefined, RETRY_PATIENCE_MS);
export const changeZone = (zone: string) => inSession("PUT", "/api/office/zone", Office, { zone });
export const changeIdentifier = (identifier: string) =>
  inSession("PUT", "/api/office/identifier", Office, { identifier });
export const signInLink = () => inSession("POST", "/api/office/sign-in-links", SignInLink, {});

export const trail = (page: number, failed: boolean) =>
  inSession("GET", `/api/office/trail?page=${page}&failed=${failed}`, Trail);
export const trailNews = () => inSession("GET", "/api/office/trail/news", TrailNews);
export const trailSeen = () => inSession("POST", "/api/office/trail/seen", nothing, {});

export const people = () => inSession("GET", "/api/office/people", z.array(Person));
export const addPerson = (person: z.infer<typeof PersonBody>) =>
  inSession("POST", "/api/office/people", Person, person);
export const takeList = (list: PeopleList) => inSession("POST", "/api/office/people/lists", PeopleListDone, list);
export const changePerson = (id: string, person: z.infer<typeof PersonBody>) =>
  inSession("PUT", `/api/office/people/${id}`, Person, person);
export const removePerson = (id: string) => inSession("DELETE", `/api/office/people/${id}`, nothing);

export const organs = () => inSession("GET", "/api/office/organs", z.array(Organ));
export const addOrgan = (organ: z.infer<typeof OrganBody>) => inSession("POST", "/api/office/organs", Organ, organ);
export const renameOrgan = (id: string, organ: z.infer<typeof OrganBody>) =>
  inSession("PUT", `/api/office/organs/${id}`, Organ, organ);
export const removeOrgan = (id: string) => inSession("DELETE", `/api/office/organs/${id}`, nothing);

export const meetings = () => inSession("GET", "/api/office/meetings", z.array(MeetingSummary));
export const createMeeting = (meeting: NewMeeting) =>
  inSession("POST", "/api/office/meetings", CreatedMeeting, meeting);
export const newLink = (meeting: string, seat: string) =>
  inSession("POST", `/api/office/meetings/${meeting}/seats/${seat}/link`, SeatLink, {});
export const newLinks = (meeting: string) =>
  inSession("POST", `/api/office/meetings/${meeting}/links`, z.array(SeatLink), {});
export const meetingSocket = (meeting: string) => `/api/office/meetings/${meeting}/socket`;
