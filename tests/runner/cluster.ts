import { startCluster } from "../lib/cluster.ts";
import { liveKitBinary } from "./engines.ts";
import { cannotRun, END_TO_END_LIMIT, type Result, runFiles } from "./run-files.ts";

/** Meetings that go the same way whichever media server carries them: run on the embedded one, and again on a cluster. */
const MEETINGS = ["tests/meeting.test.ts", "tests/removal.test.ts"];

export const meetingsOf = (files: readonly string[]): string[] => files.filter((file) => MEETINGS.includes(file));

/** Runs meetings on two LiveKit nodes. Without a LiveKit server it says so. */
export async function runOnCluster(meetings: readonly string[], root: string): Promise<Result[]> {
  const found = liveKitBinary(root);
  if ("missing" in found) {
    console.log(`Meetings on a cluster: ${found.excused ? "skipped" : "FAILED"}: ${found.missing}\n`);
    return found.excused ? [] : [cannotRun("meetings on a cluster")];
  }
  const cluster = await startCluster(found.binary);
  process.once("exit", cluster.kill);
  try {
    const environment = { CLUSTER_URL: cluster.url, CLUSTER_KEY: cluster.key, CLUSTER_SECRET: cluster.secret };
    return await runFiles(meetings, 1, END_TO_END_LIMIT, { on: "a LiveKit cluster", environment });
  } finally {
    process.removeListener("exit", cluster.kill);
    cluster.kill();
  }
}
