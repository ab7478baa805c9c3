import { startCluster } from "../lib/cluster.ts";
import { liveKitBinary } from "./engines.ts";
import { END_TO_END_LIMIT, type Total } from "./total.ts";

/** Meetings that go the same way whichever media server carries them: run on the embedded one, and again on a cluster. */
const MEETINGS = ["tests/meeting.test.ts", "tests/removal.test.ts"];

/** Runs those of these files that are meetings on two LiveKit nodes. Without a LiveKit server it says so. */
export async function runOnCluster(total: Total, files: readonly string[], root: string): Promise<void> {
  const meetings = files.filter((file) => MEETINGS.includes(file));
  if (meetings.length === 0) return;
  const found = liveKitBinary(root);
  if ("missing" in found) {
    console.log(`Meetings on a cluster: ${found.excused ? "skipped" : "FAILED"}: ${found.missing}\n`);
    if (!found.excused) total.failed += 1;
    return;
  }
  const cluster = await startCluster(found.binary);
  process.once("exit", cluster.kill);
  try {
    const environment = { CLUSTER_URL: cluster.url, CLUSTER_KEY: cluster.key, CLUSTER_SECRET: cluster.secret };
    await total.run(meetings, 1, END_TO_END_LIMIT, { on: "a LiveKit cluster", environment });
  } finally {
    process.removeListener("exit", cluster.kill);
    cluster.kill();
  }
}
