import type { z } from "zod";
import type { AnyCode } from "./errors.ts";

/**
 * Who may ask. `anyone`: whoever reaches the house; what opens something is in the request, as a link's secret is.
 * `clerk`: whoever is signed in at the office, by its cookie. `seat`: whoever has opened the personal link of the seat
 * that the address names, by that seat's cookie.
 */
export type Right = "anyone" | "clerk" | "seat";

/** A place where the house is asked over HTTP. */
export interface Route {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the chamber's origin; `:name` stands for what `params` holds by that name. */
  path: `/api/${string}`;
  /** What it does, in a line for whoever reads the API. */
  does: string;
  who: Right;
  /** A value that cannot name anything is refused as `<param>.unknown`, where there is such a code. */
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** JSON of status 200; `null`: nothing, of status 204. */
  answer: z.ZodType | null;
  /** Why this one may be refused, beside what any may be (refusalsOf). */
  refusals: readonly AnyCode[];
  /** Largest body, bytes, where MAX_MESSAGE_BYTES is too little. */
  maxBytes?: number;
}

/** A place where a meeting's socket opens (socket/messages.ts). */
export interface SocketRoute extends Pick<Route, "path" | "does" | "who" | "params" | "refusals"> {
  method: "GET";
  socket: true;
}

/** Keeps what is said as it is said, so that both ends know its types. */
export const route = <const R extends Route | SocketRoute>(said: R): R => said;

/** Whatever is asked, and of whomever. */
const always = [
  "request.malformed",
  "request.unknown-host",
  "request.too-many",
  "house.busy",
  "house.disk-full",
  "house.no-database",
  "house.failed",
] as const satisfies AnyCode[];

const byRight = {
  anyone: [],
  clerk: ["office.no-session", "office.session-over", "office.not-set-up"],
  seat: ["seat.no-session"],
} as const satisfies Record<Right, AnyCode[]>;

/** Names of what stands in a path, as in `/api/office/people/:person`. */
export const paramsOf = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);

/** Everything that whoever asks there may be refused for. */
export function refusalsOf(asked: Route | SocketRoute): AnyCode[] {
  const changes = asked.method !== "GET" || "socket" in asked ? (["request.wrong-origin"] as const) : [];
  const bodies = "body" in asked && asked.body ? (["request.too-large"] as const) : [];
  return [...new Set<AnyCode>([...always, ...changes, ...bodies, ...byRight[asked.who], ...asked.refusals])];
}
