import { z } from "zod";

/** What a setting may be; each says so in a sentence. */
const told = (error: string) => ({ error });

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean),
);
const listOf = (shape: z.ZodType<string>, error: string) =>
  list.refine((parts) => parts.length > 0 && parts.every((part) => shape.safeParse(part).success), told(error));

/** Digits alone: what JavaScript takes for a number besides ("0x50", "1e3") is more likely a slip. */
export const whole = (min: number, max: number, why = "") => {
  const words = told(`This takes a whole number from ${min} to ${max}${why}.`);
  return z
    .string()
    .regex(/^\d{1,9}$/, words)
    .transform(Number)
    .pipe(z.number().min(min, words).max(max, words));
};

export const seconds = (max: number) => {
  const words = told(`This takes seconds, from 0 to ${max}.`);
  return z
    .string()
    .regex(/^\d{1,9}(\.\d{1,9})?$/, words)
    .transform(Number)
    .pipe(z.number().max(max, words));
};

export const port = whole(1, 65535);
/** The gallery takes the next one where it is given none, the media server the one after that. */
export const firstPort = whole(1, 65533, ": the two ports after it are the gallery's and the media server's");

export const oneOf = <T extends string>(...words: [T, ...T[]]) =>
  z.enum(words, told(`This is one of: ${words.join(", ")}.`));

/** For keys and secrets. */
export const atLeast = (letters: number) =>
  z.string().min(letters, told(`This takes at least ${letters} ${letters === 1 ? "character" : "characters"}.`));

/**
 * Where people find a door: scheme, host and port. A house stands at the root of its host name: nothing in it looks
 * for a path before its own. Given as browsers say it in Origin: in lower case, without a port that goes by itself.
 */
export const origin = z.string().transform((text, context) => {
  const wrong = (message: string) => {
    context.issues.push({ code: "custom", message, input: text });
    return z.NEVER;
  };
  if (!URL.canParse(text) || !/^https?:\/\//i.test(text))
    return wrong('This takes an address like "https://chamber.example".');
  const { origin, username, password, pathname, search, hash } = new URL(text);
  if (username || password) return wrong("An address that people type holds no user and no password.");
  if (search || hash || /[?#]$/.test(text))
    return wrong('An address ends after its host name and port: no "?", no "#".');
  if (pathname !== "/")
    return wrong(`A house cannot stand below another site: it needs a host name of its own, without "${pathname}".`);
  return origin;
});

const address = z.union([z.ipv4(), z.ipv6()]);
/** At which clients reach the media server. A host name cannot be announced (ICE). */
export const publicAddresses = listOf(
  address.refine((text) => !/^[0.:]+$/.test(text)),
  'This takes IP addresses, separated by commas, like "192.0.2.1, 10.0.0.5".',
);

/** A network of everybody would have everybody believed. */
const network = z.union([z.cidrv4(), z.cidrv6()]).refine((text) => !/\/0+$/.test(text));
export const proxies = listOf(
  z.union([address, network, z.enum(["loopback", "linklocal", "uniquelocal"])]),
  'This takes addresses or networks, separated by commas, like "127.0.0.1, 10.0.0.0/8".',
);

/** What a socket can be bound to: an address, or a host name, without brackets and without a port. */
export const bind = z
  .union([z.ipv4(), z.ipv6(), z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,252}[a-z0-9])?$/i)], {
    error: 'This takes an address or a host name of this machine, without a port, like "0.0.0.0" or "::".',
  })
  .refine((text) => !/^[\d.]+$/.test(text) || z.ipv4().safeParse(text).success, told("This is no IP address."));

/** RFC 7065. */
export const relays = list.pipe(
  z.array(
    z.string().regex(/^turns?:(\[[0-9a-fA-F:.]+\]|[^\s:?[\]]+)(:\d{1,5})?(\?transport=(udp|tcp))?$/, {
      error: 'An address is like "turn:relay.example:3478" or "turns:relay.example:443?transport=tcp".',
    }),
  ),
);

export const webhooks = list.pipe(
  z.array(
    z
      .url({ protocol: /^https?$/, error: 'This takes addresses like "https://listener.example/hook".' })
      .refine((text) => !/^[^/]*\/\/[^/]*@/.test(text), {
        error: "Webhooks are signed; an address takes no user and no password.",
      }),
  ),
);

/** A path would be lost on the way: LiveKit's own begin at the root. */
export const livekit = z.string().refine((text) => {
  if (!URL.canParse(text) || !/^(ws|http)s?:\/\//i.test(text)) return false;
  const { username, password, pathname, search, hash } = new URL(text);
  return !(username || password || search || hash) && pathname === "/";
}, told('This takes LiveKit\'s address, like "wss://livekit.internal.example", without user, password or path.'));
