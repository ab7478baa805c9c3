import { z } from "zod";

/**
 * Every setting of the house, read once from the environment and nowhere else. README.md lists them.
 * Errors name the variable and say what it takes.
 */
const port = z.coerce.number().int().min(1).max(65535);
const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean),
);

/** RFC 7065. */
const relayUrl = z.string().regex(/^turns?:(\[[0-9a-fA-F:.]+\]|[^\s:?[\]]+)(:\d{1,5})?(\?transport=(udp|tcp))?$/, {
  error: 'An address is like "turn:relay.example:3478" or "turns:relay.example:443?transport=tcp".',
});

const webhookUrl = z.url({ protocol: /^https?$/ }).refine((text) => !/^[^/]*\/\/[^/]*@/.test(text), {
  error: "Webhooks are signed; an address takes no user and no password.",
});

export const Environment = z.object({
  PORT: port.default(8080),
  GALLERY_PORT: port.optional(),
  /** First UDP port for media. Each media thread of each process takes one, upwards from here. */
  RAADHUIS_UDP_PORTS: port.optional(),
  /** Processes that carry media; a room lives in one of them. */
  RAADHUIS_SFU_PROCESSES: z.coerce.number().int().min(1).max(64).default(1),
  /** Media threads of each of them: a large room is carried by several. */
  RAADHUIS_SFU_THREADS: z.coerce.number().int().min(1).max(64).default(1),
  RAADHUIS_DATA: z.string().min(1).default("data"),
  /** Where the chamber and the gallery listen. Anything but loopback needs RAADHUIS_TLS. */
  RAADHUIS_BIND: z.string().optional(),
  RAADHUIS_GALLERY_BIND: z.string().optional(),
  /** The addresses people type; their host names must differ. */
  RAADHUIS_URL: z.url().optional(),
  RAADHUIS_GALLERY_URL: z.url().optional(),
  RAADHUIS_PUBLIC_IP: list.optional(),
  /** A TURN server, for clients that UDP does not reach. Those of a cluster stand in the cluster's own settings. */
  TURN_URLS: list.pipe(z.array(relayUrl)).optional(),
  TURN_SECRET: z.string().min(16).optional(),
  RAADHUIS_TLS: z.enum(["files", "proxy"]).optional(),
  RAADHUIS_TLS_CERT: z.string().optional(),
  RAADHUIS_TLS_KEY: z.string().optional(),
  RAADHUIS_GALLERY_TLS_CERT: z.string().optional(),
  RAADHUIS_GALLERY_TLS_KEY: z.string().optional(),
  /** Addresses of proxies whose X-Forwarded-* headers are believed, with RAADHUIS_TLS=proxy. */
  RAADHUIS_PROXIES: list.optional(),
  /** Seconds between a picture's making and its release. */
  RAADHUIS_DELAY: z.coerce.number().min(0).max(600).default(10),
  /** Language of slates and lower thirds, and of pages whose reader states none. */
  RAADHUIS_LOCALE: z.enum(["nl", "en"]).default("nl"),
  RAADHUIS_LOG: z.enum(["debug", "info", "warn", "error"]).default("info"),
  /** Addresses that the embedded media server tells what happens in its rooms (LiveKit's webhooks); none by default. */
  RAADHUIS_WEBHOOKS: list.pipe(z.array(webhookUrl)).optional(),
  /** Name of the key that signs them, and the secret itself. */
  RAADHUIS_WEBHOOK_KEY: z.string().min(1).default("raadhuis"),
  RAADHUIS_WEBHOOK_SECRET: z.string().min(32).optional(),
  /** A LiveKit deployment in place of the embedded media server. */
  LIVEKIT_URL: z.url().optional(),
  LIVEKIT_API_KEY: z.string().optional(),
  LIVEKIT_API_SECRET: z.string().min(6).optional(),
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
  code: "settings.invalid" | "settings.needs-tls" | "settings.same-host" | "settings.incomplete";
  variable: string;
  message: string;
}

const loopback = new Set(["localhost", "127.0.0.1", "::1"]);

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
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue): SettingsProblem => {
      const variable = String(issue.path[0] ?? "");
      return { code: "settings.invalid", variable, message: `${variable}: ${issue.message}` };
    });
    return { problems };
  }
  const env = parsed.data;
  const port = env.PORT;
  const galleryPort = env.GALLERY_PORT ?? port + 1;
  const bind = env.RAADHUIS_BIND ?? "localhost";
  const galleryBind =
    env.RAADHUIS_GALLERY_BIND ?? (env.RAADHUIS_BIND === undefined || loopback.has(bind) ? "127.0.0.1" : bind);
  const settings: Settings = {
    chamber: {
      bind,
      port,
      url: (env.RAADHUIS_URL ?? `http://localhost:${port}`).replace(/\/+$/, ""),
      tls: doorTls(env, env.RAADHUIS_TLS_CERT, env.RAADHUIS_TLS_KEY),
    },
    gallery: {
      bind: galleryBind,
      port: galleryPort,
      url: (env.RAADHUIS_GALLERY_URL ?? `http://127.0.0.1:${galleryPort}`).replace(/\/+$/, ""),
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
  const problems = [...problemsOf(settings, env)];
  return problems.length > 0 ? { problems } : { settings };
}

function* problemsOf(settings: Settings, env: Environment): Generator<SettingsProblem> {
  const { udpPort, processes, threads } = settings.sfu;
  if (udpPort + processes * threads - 1 > 65535)
    yield {
      code: "settings.invalid",
      variable: "RAADHUIS_UDP_PORTS",
      message: `RAADHUIS_UDP_PORTS: from ${udpPort} there are not ${processes * threads} ports, one for each media thread.`,
    };
  for (const [door, variable] of [
    [settings.chamber, "RAADHUIS_BIND"],
    [settings.gallery, "RAADHUIS_GALLERY_BIND"],
  ] as const) {
    if (door.tls.kind === "none" && !loopback.has(door.bind))
      yield {
        code: "settings.needs-tls",
        variable: "RAADHUIS_TLS",
        message: `${variable}=${door.bind} can be reached from outside, and browsers give a camera only over HTTPS. Set RAADHUIS_TLS to "files" or "proxy".`,
      };
    if (door.tls.kind === "files" && (door.tls.cert === "" || door.tls.key === ""))
      yield {
        code: "settings.incomplete",
        variable: variable.replace("BIND", "TLS_CERT"),
        message: `RAADHUIS_TLS=files needs a certificate and a key for each door: ${variable.replace("BIND", "TLS_CERT")} and ${variable.replace("BIND", "TLS_KEY")}.`,
      };
  }
  if (env.RAADHUIS_TLS !== undefined)
    for (const variable of ["RAADHUIS_URL", "RAADHUIS_GALLERY_URL"] as const)
      if (env[variable] === undefined)
        yield {
          code: "settings.incomplete",
          variable,
          message: `With RAADHUIS_TLS, ${variable} must say the https address people type.`,
        };
  // Without it cookies would go out unguarded, and pages would get no camera.
  if (env.RAADHUIS_TLS !== undefined)
    for (const variable of ["RAADHUIS_URL", "RAADHUIS_GALLERY_URL"] as const)
      if (env[variable] !== undefined && !env[variable].startsWith("https://"))
        yield {
          code: "settings.invalid",
          variable,
          message: `With RAADHUIS_TLS, ${variable} must begin with https://.`,
        };
  if (env.RAADHUIS_TLS === "proxy" && !env.RAADHUIS_PROXIES)
    yield {
      code: "settings.incomplete",
      variable: "RAADHUIS_PROXIES",
      message: "RAADHUIS_TLS=proxy needs RAADHUIS_PROXIES: the addresses of the proxies to trust.",
    };
  if (new URL(settings.chamber.url).hostname === new URL(settings.gallery.url).hostname)
    yield {
      code: "settings.same-host",
      variable: "RAADHUIS_GALLERY_URL",
      message: `Chamber and gallery share the host name ${new URL(settings.chamber.url).hostname}. Cookies ignore ports, so each door needs a host name of its own: set RAADHUIS_URL and RAADHUIS_GALLERY_URL.`,
    };
  if ((env.TURN_URLS === undefined) !== (env.TURN_SECRET === undefined))
    yield {
      code: "settings.incomplete",
      variable: env.TURN_URLS === undefined ? "TURN_URLS" : "TURN_SECRET",
      message: "TURN_URLS and TURN_SECRET go together: where the relay is, and its static-auth-secret.",
    };
  if (env.RAADHUIS_WEBHOOKS !== undefined && env.RAADHUIS_WEBHOOK_SECRET === undefined)
    yield {
      code: "settings.incomplete",
      variable: "RAADHUIS_WEBHOOK_SECRET",
      message: "RAADHUIS_WEBHOOKS needs RAADHUIS_WEBHOOK_SECRET, by which those who are told know that it is us.",
    };
  if (env.RAADHUIS_WEBHOOKS !== undefined && !settings.livekit.embedded)
    yield {
      code: "settings.invalid",
      variable: "RAADHUIS_WEBHOOKS",
      message:
        "RAADHUIS_WEBHOOKS is the embedded media server's. With LIVEKIT_URL, LiveKit's own configuration has them.",
    };
  if (!settings.livekit.embedded && !(settings.livekit.apiKey && settings.livekit.apiSecret))
    yield {
      code: "settings.incomplete",
      variable: "LIVEKIT_API_KEY",
      message: "LIVEKIT_URL needs LIVEKIT_API_KEY and LIVEKIT_API_SECRET.",
    };
}
