import { once } from "node:events";
import { type FromChild, settingsOf, ToSpare } from "@raadhuis/protocol";
import { createLog } from "./log.ts";
import { startSfu } from "./sfu.ts";

/** The media server as a process: settings from the environment, `ready` or `failed` to whoever started it. */
const tell = (message: FromChild) => process.send?.(message);

const fail = (code: string, message: string): void => {
  createLog("info").error({ code }, message);
  tell({ type: "failed", code, message, final: true });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
};

/** Until it is needed: a spare has loaded the media engine already, and listens within moments. */
async function begin(): Promise<void> {
  const leave = () => process.exit(0);
  process.once("disconnect", leave);
  for (;;) {
    const [raw] = await once(process, "message");
    if (ToSpare.safeParse(raw).success) break;
  }
  process.off("disconnect", leave);
}

async function main(): Promise<void> {
  const read = settingsOf(process.env);
  if ("problems" in read) return fail(read.problems[0]?.code ?? "settings.invalid", read.problems[0]?.message ?? "");
  const { settings } = read;
  const { apiKey, apiSecret } = settings.livekit;
  if (apiKey === null || apiSecret === null)
    return fail("settings.incomplete", "LIVEKIT_API_KEY and LIVEKIT_API_SECRET must be set for the media server.");
  const log = createLog(settings.log);
  const { webhooks } = settings;
  const sfu = await startSfu({
    ...settings.sfu,
    relays: settings.turn,
    api: { key: apiKey, secret: apiSecret },
    ...(webhooks && { webhooks: { urls: webhooks.urls, signedBy: { key: webhooks.key, secret: webhooks.secret } } }),
    log,
  });
  if ("code" in sfu) return fail(sfu.code, sfu.message);

  const stop = () => {
    sfu.stop();
    // Gives the last words to clients time to leave; then whatever is still open is nobody's.
    setTimeout(() => process.exit(0), 300);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.once("disconnect", stop);
  log.info({ port: sfu.port, udp: settings.sfu.udpPort, addresses: sfu.addresses }, "ready");
  tell({ type: "ready", port: sfu.port, addresses: sfu.addresses });
}

if (process.env.RAADHUIS_SPARE === "1") await begin();
await main();
