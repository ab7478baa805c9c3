import { z } from "zod";
import { databaseUrl } from "./database.ts";
import * as shapes from "./shapes.ts";

/** Of places that a broadcast goes to besides `public/`: none yet. */
export const SinkSettings = z.object({});
export type SinkSettings = z.infer<typeof SinkSettings>;

/**
 * Every setting of the house, read once from the environment and nowhere else. README.md lists them.
 * Errors name the variable and say what it takes.
 */
export const Environment = z.object({
  ...SinkSettings.shape,
  PORT: shapes.firstPort.default(8080),
  GALLERY_PORT: shapes.port.optional(),
  /** First UDP port for media. Each media thread of each process takes one, upwards from here. */
  RAADHUIS_UDP_PORTS: shapes.port.optional(),
  /** Processes that carry media; a room lives in one of them. */
  RAADHUIS_SFU_PROCESSES: shapes.whole(1, 64).default(1),
  /** Media threads of each of them: a large room is carried by several. */
  RAADHUIS_SFU_THREADS: shapes.whole(1, 64).default(1),
  RAADHUIS_DATA: z.string().min(1).default("data"),
  /** A PostgreSQL server in place of SQLite's file in RAADHUIS_DATA. */
  DATABASE_URL: databaseUrl.optional(),
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
