import { join } from "node:path";
import { Environment, SinkSettings } from "./environment.ts";
import { unknownNames } from "./names.ts";
import { isLoopback, problemsOf } from "./problems.ts";
import type { Settings, SettingsProblem, Tls } from "./types.ts";

export type { DatabaseAt, PostgresAt } from "./database.ts";
export { Environment } from "./environment.ts";
export type { Door, Settings, SettingsProblem, Tls } from "./types.ts";

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
    database: env.DATABASE_URL ? { postgres: env.DATABASE_URL } : { file: join(env.RAADHUIS_DATA, "raadhuis.db") },
    delayMs: env.RAADHUIS_DELAY * 1000,
    sinks: SinkSettings.parse(env),
    locale: env.RAADHUIS_LOCALE,
    log: env.RAADHUIS_LOG,
  };
  const problems = [...unknown, ...problemsOf(settings, env)];
  return problems.length > 0 ? { problems } : { settings };
}

/** What was given, for whoever gave it to see; not so a secret, nor an address that may hold a password. */
const shown = (value = "", variable: string): string =>
  /SECRET|KEY$|^DATABASE_URL$/.test(variable) || value.includes("@")
    ? "..."
    : value.length > 60
      ? `${value.slice(0, 60)}...`
      : value;
