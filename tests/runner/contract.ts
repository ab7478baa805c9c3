import { freeTcpPort, type LiveKit, startLiveKit } from "../lib/livekit.ts";
import { type Engine, liveKitBinary } from "./engines.ts";
import { cannotRun, END_TO_END_LIMIT, type Result, runFiles } from "./run-files.ts";

/** Where it matters that the room one asks about may be in another process than the one before. */
const OF_SEVERAL_ROOMS = ["api", "rightsInTime", "roomLife", "webhooks"].map(
  (name) => `packages/sfu/contract/${name}.test.ts`,
);

export const ofSeveralRooms = (files: readonly string[]): string[] =>
  files.filter((file) => OF_SEVERAL_ROOMS.includes(file));

/** Asks our own media server, in two processes behind a front. */
export const runOnProcesses = (files: readonly string[]): Promise<Result[]> =>
  runFiles(files, 1, END_TO_END_LIMIT, {
    on: "raadhuis in two processes",
    environment: { RAADHUIS_SFU_PROCESSES: "2" },
  });

/**
 * Asks one media server for what any LiveKit does. Ours is started by the files themselves; a real one here, once, and
 * the files are told its address. Where it should have been there and is not, that has failed.
 */
export async function runContract(engine: Engine, files: readonly string[], root: string): Promise<Result[]> {
  const run = (environment: Record<string, string>) =>
    runFiles(files, 1, END_TO_END_LIMIT, { on: engine, environment });
  if (engine === "raadhuis") return run({});
  const found = liveKitBinary(root);
  if ("missing" in found) {
    console.log(`The contract on ${engine}: ${found.excused ? "skipped" : "FAILED"}: ${found.missing}\n`);
    return found.excused ? [] : [cannotRun(`the contract on ${engine}`)];
  }
  const webhookPort = await freeTcpPort();
  const server: LiveKit = await startLiveKit(found.binary, { webhooks: [`http://127.0.0.1:${webhookPort}/`] });
  const endIt = () => server.child.kill("SIGKILL");
  process.once("exit", endIt);
  try {
    return await run({
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
