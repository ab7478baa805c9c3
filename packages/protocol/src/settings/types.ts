import type { DatabaseAt } from "./database.ts";
import type { SinkSettings } from "./environment.ts";

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
  database: DatabaseAt;
  delayMs: number;
  sinks: SinkSettings;
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
