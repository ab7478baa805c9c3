import { once } from "node:events";
import { endBy, failed, ready } from "@raadhuis/process";
import { SfuPart, ToFront, ToSpare } from "@raadhuis/protocol/children";
import { type Settings, settingsOf } from "@raadhuis/protocol/settings";
import { createLog } from "./base/log.ts";
import { loadEngine } from "./engine/mediaPlane.ts";
import { startFront } from "./processes/startFront.ts";
import { startSfu } from "./sfu.ts";
import type { ApiKey } from "./ticket/ticket.ts";

/** The media server as a process: settings from the environment, `ready` or `failed` to whoever started it. */
const fail = (code: string, message: string): void => {
  createLog("info").error({ code }, message);
  failed({ code, message, final: true });
};

/** Until it is needed: a spare has loaded the media engine already, and listens within moments. Gives what it is to be. */
async function begin(): Promise<SfuPart | undefined> {
  const leave = () => process.exit(0);
  process.once("disconnect", leave);
  loadEngine();
  const read = settingsOf(process.env);
  if ("settings" in read) createLog(read.settings.log).info("spare waits");
  for (;;) {
    const [raw] = await once(process, "message");
    const message = ToSpare.safeParse(raw);
    if (!message.success) continue;
    process.off("disconnect", leave);
    return message.data.part;
  }
}

/** The last words to clients are given time to leave; what is open then is nobody's. */
const endWith = (stop: () => void): void =>
  endBy(() => {
    stop();
    setTimeout(() => process.exit(0), 300);
  });

async function front(settings: Settings, api: ApiKey): Promise<void> {
  const log = createLog(settings.log, "front");
  const started = await startFront(settings.sfu.httpPort, api, log);
  if ("code" in started) return fail(started.code, started.message);
  process.on("message", (raw) => {
    const message = ToFront.safeParse(raw);
    if (message.success) started.told(message.data.carriers);
  });
  endWith(started.stop);
  log.info({ port: started.port }, "ready");
  ready({ port: started.port });
}

/** @param number which of several; `null`: there is no other, and no front */
async function media(settings: Settings, api: ApiKey, number: number | null): Promise<void> {
  const log = createLog(settings.log, number === null ? "sfu" : `sfu-${number}`);
  const { sfu, turn, webhooks } = settings;
  const place =
    number === null ? {} : { carrier: true, httpPort: 0, udpPort: sfu.udpPort + (number - 1) * sfu.threads };
  const started = await startSfu({
    ...sfu,
    ...place,
    relays: turn,
    api,
    // Of the house's own start; a media server without a house takes any good ticket.
    admissionSecret: process.env.RAADHUIS_ADMISSION_SECRET || null,
    ...(webhooks && { webhooks: { urls: webhooks.urls, signedBy: { key: webhooks.key, secret: webhooks.secret } } }),
    log,
  });
  if ("code" in started) return fail(started.code, started.message);
  endWith(started.stop);
  const { port, addresses, control } = started;
  log.info({ port, udp: started.udpPorts, addresses }, "ready");
  ready({ port, addresses, ...(control === null ? {} : { control }) });
}

async function main(part: SfuPart | undefined): Promise<void> {
  const read = settingsOf(process.env);
  if ("problems" in read) return fail(read.problems[0]?.code ?? "settings.invalid", read.problems[0]?.message ?? "");
  const { settings } = read;
  const { apiKey, apiSecret } = settings.livekit;
  if (apiKey === null || apiSecret === null)
    return fail("settings.incomplete", "LIVEKIT_API_KEY and LIVEKIT_API_SECRET must be set for the media server.");
  const api = { key: apiKey, secret: apiSecret };
  await (part === "front" ? front(settings, api) : media(settings, api, part ?? null));
}

const named = process.env.RAADHUIS_SPARE === "1" ? await begin() : undefined;
await main(named ?? SfuPart.optional().parse(process.env.RAADHUIS_PART || undefined));
