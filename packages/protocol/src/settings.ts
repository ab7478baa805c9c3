import { z } from "zod";
import { unknownNames } from "./settings/names.ts";
import { isLoopback, problemsOf } from "./settings/problems.ts";
import * as shapes from "./settings/shapes.ts";

/**
 * Every setting of the house, read once from the environment and nowhere else. README.md lists them.
 * Errors name the variable and say what it takes.
 */
export const Environment = z.object({
  PORT: shapes.firstPort.default(8080),
  GALLERY_PORT: shapes.port.optional(),
  /** First UDP port for media. Each media thread of each process takes one, upwards from here. */
  RAADHUIS_UDP_PORTS: shapes.port.optional(),
  /** Processes that carry media; a room lives in one of them. */
  RAADHUIS_SFU_PROCESSES: shapes.whole(1, 64).default(1),
  /** Media threads of each of them: a large room is carried by several. */
  RAADHUIS_SFU_THREADS: shapes.whole(1, 64).default(1),
  RAADHUIS_DATA: z.string().min(1).default("data"),
  /** Where the chamber and the gallery listen. Anything but loopback needs RAADHUIS_TLS. */
  RAADHUIS_BIND: shapes.bind.optional(),
  RAADHUIS_GALLERY_BIND: shapes.bind.optional(),
  /** The addresses people type; their host names must differ. */
  RAADHUIS_URL: shapes.origin.optional(),
  RAADHUIS_GALLERY_URL: shapes.origin.optional(),
  RAADHUIS_PUBLIC_IP: shapes.publicAddresses.optional(),
  /** A TURN server, for clients that UDP does not reach. Those of a cluster stand in the cluster's own settings. */
  TURN_URLS: shapes.relays.optional(),
  TURN_SECRET: shapes.atLeast(16).optional(),
  RAADHUIS_TLS: shapes.oneOf("files", "proxy").optional(),
  RAADHUIS_TLS_CERT: z.string().optional(),
  RAADHUIS_TLS_KEY: z.string().optional(),
  RAADHUIS_GALLERY_TLS_CERT: z.string().optional(),
  RAADHUIS_GALLERY_TLS_KEY: z.string().optional(),
  /** Addresses of proxies whose X-Forwarded-* headers are believed, with RAADHUIS_TLS=proxy. */
  RAADHUIS_PROXIES: shapes.proxies.optional(),
  /** Seconds between a picture's making and its release. */
  RAADHUIS_DELAY: shapes.seconds(600).default(10),
  /** Language of slates and lower thirds, and of pages whose reader states none. */
  RAADHUIS_LOCALE: shapes.oneOf("nl", "en").default("nl"),
  RAADHUIS_LOG: shapes.oneOf("debug", "info", "warn", "error").default("info"),
  /** Addresses that the embedded media server tells what happens in its rooms (LiveKit's webhooks); none by default. */
  RAADHUIS_WEBHOOKS: shapes.webhooks.optional(),
  /** Name of the key that signs them, and the secret itself. */
  RAADHUIS_WEBHOOK_KEY: shapes.atLeast(1).default("raadhuis"),
  RAADHUIS_WEBHOOK_SECRET: shapes.atLeast(32).optional(),
  /** A LiveKit deployment in place of the embedded media server. */
  LIVEKIT_URL: shapes.livekit.optional(),
  LIVEKIT_API_KEY: z.string().optional(),
  LIVEKIT_API_SECRET: shapes.atLeast(6).optional(),
});
export type Environment = z.infer<typeof Environment>;

/** Certificate and key files of one door; `proxy`: TLS ends at a trusted proxy; `none`: loopback only. */
export type Tls =
  | { kind: "none" }
  | { kind: "proxy"; proxies: string[] }
  | { kind: "files"; cert: string; key: string };

export interface Door {
  /** Host name or address to listen on. */
  bind: string;
  port: number;
  /** Origin people type, without a trailing slash. */
  url: string;
  tls: Tls;
}

export interface Settings {
  chamber: Door;
  gallery: Door;
  /**
   * The embedded media server: its HTTP on 127.0.0.1 (TCP), and its first media port (UDP). Each of its `threads` in
   * each of its `processes` has a media port.
   */
  sfu: { httpPort: number; udpPort: number; publicIps: string[] | null; processes: number; threads: number };
  /** Whom the embedded media server tells what happens in its rooms, and what that is signed with. */
  webhooks: { urls: string[]; key: string; secret: string } | null;
  /** Where server and egress reach the media server. `embedded`: it is our own child. */
  livekit: { embedded: boolean; url: string; apiKey: string | null; apiSecret: string | null };
  /** Relay for clients of the embedded media server. */
  turn: { urls: string[]; secret: string } | null;
  data: string;
  delayMs: number;
  locale: "nl" | "en";
  log: "debug" | "info" | "warn" | "error";
}

export interface SettingsProblem {
  code:
    | "settings.invalid"
    | "settings.unknown"
    | "settings.unused"
    | "settings.needs-tls"
    | "settings.same-host"
    | "settings.incomplete";
  variable: string;
  message: string;
}

/** As browsers say it: without a port that goes by itself. */
const originOf = (host: string, port: number): string => new URL(`http://${host}:${port}`).origin;

const doorTls = (env: Environment, cert: string | undefined, key: string | undefined): Tls => {
  if (env.RAADHUIS_TLS === "proxy") return { kind: "proxy", proxies: env.RAADHUIS_PROXIES ?? [] };
  if (env.RAADHUIS_TLS === "files") return { kind: "files", cert: cert ?? "", key: key ?? "" };
  return { kind: "none" };
};

/** The environment parsed, defaulted and checked; or everything that is wrong with it, to be shown to a person. */
export function settingsOf(
  raw: Record<string, string | undefined>,
): { settings: Settings } | { problems: SettingsProblem[] } {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined && value !== ""));
  const unknown = unknownNames(Object.keys(given), Object.keys(Environment.shape));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const invalid = parsed.error.issues.map(({ path: [name], message }): SettingsProblem => {
      const variable = String(name);
      return {
        code: "settings.invalid",
        variable,
        message: `${variable}=${shown(given[variable], variable)}: ${message}`,
      };
    });
    return { problems: [...unknown, ...invalid] };
  }
  const env = parsed.data;
  const port = env.PORT;
  const galleryPort = env.GALLERY_PORT ?? port + 1;
  const bind = env.RAADHUIS_BIND ?? "localhost";
  const galleryBind =
    env.RAADHUIS_GALLERY_BIND ?? (env.RAADHUIS_BIND === undefined || isLoopback(bind) ? "127.0.0.1" : bind);
  const settings: Settings = {
    chamber: {
      bind,
      port,
      url: env.RAADHUIS_URL ?? originOf("localhost", port),
      tls: doorTls(env, env.RAADHUIS_TLS_CERT, env.RAADHUIS_TLS_KEY),
    },
    gallery: {
      bind: galleryBind,
      port: galleryPort,
      url: env.RAADHUIS_GALLERY_URL ?? originOf("127.0.0.1", galleryPort),
      tls: doorTls(env, env.RAADHUIS_GALLERY_TLS_CERT, env.RAADHUIS_GALLERY_TLS_KEY),
    },
    sfu: {
      httpPort: port + 2,
      udpPort: env.RAADHUIS_UDP_PORTS ?? port + 2,
      publicIps: env.RAADHUIS_PUBLIC_IP ?? null,
      processes: env.RAADHUIS_SFU_PROCESSES,
      threads: env.RAADHUIS_SFU_THREADS,
    },
    webhooks:
      env.RAADHUIS_WEBHOOKS !== undefined && env.RAADHUIS_WEBHOOK_SECRET !== undefined
        ? { urls: env.RAADHUIS_WEBHOOKS, key: env.RAADHUIS_WEBHOOK_KEY, secret: env.RAADHUIS_WEBHOOK_SECRET }
        : null,
    livekit: {
      embedded: env.LIVEKIT_URL === undefined,
      url: env.LIVEKIT_URL ?? `ws://127.0.0.1:${port + 2}`,
      apiKey: env.LIVEKIT_API_KEY ?? null,
      apiSecret: env.LIVEKIT_API_SECRET ?? null,
    },
    turn: env.TURN_URLS && env.TURN_SECRET ? { urls: env.TURN_URLS, secret: env.TURN_SECRET } : null,
    data: env.RAADHUIS_DATA,
    delayMs: env.RAADHUIS_DELAY * 1000,
    locale: env.RAADHUIS_LOCALE,
    log: env.RAADHUIS_LOG,
  };
  const problems = [...unknown, ...problemsOf(settings, env)];
  return problems.length > 0 ? { problems } : { settings };
}

/** What was given, for whoever gave it to see; not so a secret, nor an address that may hold a password. */
const shown = (value = "", variable: string): string =>
  /SECRET|KEY$/.test(variable) || value.includes("@") ? "..." : value.length > 60 ? `${value.slice(0, 60)}...` : value;
