import type { Environment } from "./environment.ts";
import type { internalNames } from "./names.ts";

/** What the supervisor starts. */
export type Process = "server" | "gallery" | "sfu" | "egress" | "demo";

const everybody: readonly Process[] = ["server", "gallery", "sfu", "egress", "demo"];
const media: readonly Process[] = ["sfu"];

/**
 * Which processes each setting is for: nobody else is told it. Egress decodes what anybody in the chamber sends: with the
 * media keys it could make itself a ticket to a closed part, so it enters rooms by the server's tickets only, as the demo's
 * people do. The media server gives out credentials of the relay and signs webhooks. Of the doors everybody knows where they
 * are, and files by their paths alone.
 */
const settingsFor: Readonly<Record<keyof Environment, readonly Process[]>> = {
  PORT: everybody,
  GALLERY_PORT: everybody,
  RAADHUIS_DATA: everybody,
  DATABASE_URL: ["server"],
  RAADHUIS_BIND: everybody,
  RAADHUIS_GALLERY_BIND: everybody,
  RAADHUIS_URL: everybody,
  RAADHUIS_GALLERY_URL: everybody,
  RAADHUIS_TLS: everybody,
  RAADHUIS_TLS_CERT: everybody,
  RAADHUIS_TLS_KEY: everybody,
  RAADHUIS_GALLERY_TLS_CERT: everybody,
  RAADHUIS_GALLERY_TLS_KEY: everybody,
  RAADHUIS_PROXIES: everybody,
  RAADHUIS_LOCALE: everybody,
  RAADHUIS_LOG: everybody,
  RAADHUIS_DELAY: ["server", "egress"],
  RAADHUIS_UDP_PORTS: media,
  RAADHUIS_SFU_PROCESSES: media,
  RAADHUIS_SFU_THREADS: media,
  RAADHUIS_PUBLIC_IP: media,
  TURN_URLS: media,
  TURN_SECRET: media,
  RAADHUIS_WEBHOOKS: media,
  RAADHUIS_WEBHOOK_KEY: media,
  RAADHUIS_WEBHOOK_SECRET: media,
  LIVEKIT_URL: ["server", "egress", "demo"],
  LIVEKIT_API_KEY: ["server", "sfu"],
  LIVEKIT_API_SECRET: ["server", "sfu"],
};

const internalFor: Readonly<Record<(typeof internalNames)[number], readonly Process[]>> = {
  RAADHUIS_ADMISSION_SECRET: ["server", "sfu"],
  RAADHUIS_PART: media,
  RAADHUIS_SPARE: media,
  RAADHUIS_MEETING: ["egress"],
  RAADHUIS_DEMO_PEOPLE: ["demo"],
  RAADHUIS_DEMO_PLANNED: ["demo"],
  RAADHUIS_DEMO_SETUP_LINK: ["demo"],
};

/** What a program needs of the machine it runs on, and of whoever looks into how it runs. */
const ofTheMachine =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|LD_LIBRARY_PATH|LD_PRELOAD|XDG_[A-Z_]+|FONTCONFIG_[A-Z]+|SSL_CERT_(FILE|DIR)|OPENSSL_CONF|MALLOC_[A-Z_]+|NODE_(ENV|OPTIONS|COMPILE_CACHE|EXTRA_CA_CERTS|ICU_DATA|V8_COVERAGE))$/;
/** For tests: how long a stream's end stays playable. */
const forTests: Readonly<Record<string, readonly Process[]>> = { RAADHUIS_EGRESS_LINGER_MS: ["egress"] };

const namesFor: Readonly<Record<string, readonly Process[]>> = { ...settingsFor, ...internalFor, ...forTests };

/** Settings ask for keys where a cluster is named; these open nothing. */
const noKeys = { LIVEKIT_API_KEY: "not-given", LIVEKIT_API_SECRET: "not-given" };

/** Of our own environment what this process is given: what it works with, and nothing else. */
export function environmentFor(
  process: Process,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const given = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (ofTheMachine.test(entry[0]) || namesFor[entry[0]]?.includes(process) === true),
  );
  const hasKeys = settingsFor.LIVEKIT_API_SECRET.includes(process);
  const named = Object.fromEntries(given);
  return named.LIVEKIT_URL && !hasKeys ? { ...named, ...noKeys } : named;
}
