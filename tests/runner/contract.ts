import { freeTcpPort, type LiveKit, startLiveKit } from "../lib/livekit.ts";
import { type Engine, liveKitBinary } from "./engines.ts";
import { END_TO_END_LIMIT, type Total } from "./total.ts";

/**
 * Asks one media server for what any LiveKit does. Ours is started by the files themselves; a real one here, once, and
 * the files are told its address. Where it should have been there and is not, that has failed.
 */
export async function runContract(total: Total, engine: Engine, files: readonly string[], root: string): Promise<void> {
  if (files.length === 0) return;
  const run = (environment: Record<string, string>) =>
    total.run(files, 1, END_TO_END_LIMIT, { on: engine, environment });
  if (engine === "raadhuis") return run({});
  const found = liveKitBinary(root);
  if ("missing" in found) {
    console.log(`The contract on ${engine}: ${found.excused ? "skipped" : "FAILED"}: ${found.missing}\n`);
    if (!found.excused) total.failed += 1;
    return;
  }
  const webhookPort = await freeTcpPort();
  const server: LiveKit = await startLiveKit(found.binary, { webhooks: [`http://127.0.0.1:${webhookPort}/`] });
  const endIt = () => server.child.kill("SIGKILL");
  process.once("exit", endIt);
  try {
    await run({
      CONTRACT_URL: server.url,
      CONTRACT_KEY: server.key,
      CONTRACT_SECRET: server.secret,
      CONTRACT_WEBHOOK_PORT: String(webhookPort),
    });
  } finally {
    process.removeListener("exit", endIt);
    await server.stop();
  }
}
