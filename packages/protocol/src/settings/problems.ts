import type { Environment } from "./environment.ts";
import type { Settings, SettingsProblem } from "./types.ts";

const loopback = new Set(["localhost", "127.0.0.1", "::1"]);
/** Whether only this machine itself gets there. */
export const isLoopback = (host: string): boolean => loopback.has(host);

const tlsFiles = [
  "RAADHUIS_TLS_CERT",
  "RAADHUIS_TLS_KEY",
  "RAADHUIS_GALLERY_TLS_CERT",
  "RAADHUIS_GALLERY_TLS_KEY",
] as const;

/** Whoever sets it believes that it does something. */
const unused = (variable: string, without: string): SettingsProblem => ({
  code: "settings.unused",
  variable,
  message: `${variable} does nothing without ${without}.`,
});

/** What each setting allows and all of them together do not. */
export function* problemsOf(settings: Settings, env: Environment): Generator<SettingsProblem> {
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
    if (door.tls.kind === "none" && !isLoopback(door.bind))
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
  // A door that says https and listens without it is met by nobody, or by a proxy that nothing vouches for.
  for (const variable of ["RAADHUIS_URL", "RAADHUIS_GALLERY_URL"] as const)
    if (env.RAADHUIS_TLS === undefined && env[variable]?.startsWith("https://"))
      yield {
        code: "settings.needs-tls",
        variable: "RAADHUIS_TLS",
        message: `${variable}=${env[variable]} needs RAADHUIS_TLS: "files" where the house has the certificates, "proxy" where a proxy before it does.`,
      };
  for (const variable of tlsFiles)
    if (env[variable] !== undefined && env.RAADHUIS_TLS !== "files") yield unused(variable, "RAADHUIS_TLS=files");
  if (env.RAADHUIS_PROXIES !== undefined && env.RAADHUIS_TLS !== "proxy")
    yield unused("RAADHUIS_PROXIES", "RAADHUIS_TLS=proxy");
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
