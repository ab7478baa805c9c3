import { isNavigation } from "@raadhuis/protocol/door";
import type { FastifyRequest } from "fastify";

/** In place of an address that cannot be decoded: nothing is there, and the router does not choke on it. */
const NOWHERE = "/nowhere";

/** Before routing. What was really asked for stays in `request.originalUrl`. */
export const routable = (url: string): string => (isDecodable(url) ? url : NOWHERE);

export const isDecodable = (url: string): boolean => {
  try {
    decodeURI(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
};

/** Somebody's browser wants to show what is here: it is answered with a page, also when nothing is. */
export const wantsPage = ({ method, headers, originalUrl, ws }: FastifyRequest): boolean =>
  !ws && isNavigation(method, headers.accept) && !/^\/(?:api|rtc|twirp)\b/.test(originalUrl);
