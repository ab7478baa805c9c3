import { chaos } from "./chaos/chaos.ts";
import { crowd } from "./crowd.ts";
import { doors } from "./doors.ts";
import { forward } from "./forward/forward.ts";
import { gallery } from "./gallery.ts";
import { join } from "./join/join.ts";
import { kill } from "./kill/kill.ts";
import { writePage } from "./page.ts";
import { writePlots } from "./plots.ts";
import { record } from "./record/record.ts";
import { publish } from "./result.ts";
import { soak } from "./soak/soak.ts";

/** `npm run bench <name>`: measures, prints, and writes packages/bench/results/<name>.json, its pictures and its part of the page. */
const benchmarks = { join, doors, gallery, forward, crowd, chaos, soak, kill, record };

const isBenchmark = (name: string): name is keyof typeof benchmarks => Object.hasOwn(benchmarks, name);

const [name = ""] = process.argv.slice(2);
if (isBenchmark(name)) {
  const found = await benchmarks[name]();
  const outcome = Array.isArray(found) ? { rows: found, notes: [], missing: [] } : found;
  if (outcome.rows.length > 0) {
    const result = publish(name, outcome);
    writePage(name, result, writePlots(name, outcome.rows));
  }
  for (const sentence of outcome.missing) console.error(`Missing: ${sentence}`);
  // What is there is written; what is not makes it fail. A load client that hangs does not keep it.
  process.exit(outcome.missing.length > 0 ? 1 : 0);
} else {
  console.error(`npm run bench <name>, where <name> is one of: ${Object.keys(benchmarks).join(", ")}`);
  process.exit(2);
}
