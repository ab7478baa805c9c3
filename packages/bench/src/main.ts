import { chaos } from "./chaos/chaos.ts";
import { doors } from "./doors.ts";
import { forward } from "./forward/forward.ts";
import { gallery } from "./gallery.ts";
import { join } from "./join.ts";
import { publish } from "./result.ts";
import { soak } from "./soak/soak.ts";

/** `npm run bench <name>`: measures, prints, and writes packages/bench/results/<name>.json. */
const benchmarks = { join, doors, gallery, forward, chaos, soak };

const isBenchmark = (name: string): name is keyof typeof benchmarks => Object.hasOwn(benchmarks, name);

const [name = ""] = process.argv.slice(2);
if (isBenchmark(name)) {
  publish(name, await benchmarks[name]());
} else {
  console.error(`npm run bench <name>, where <name> is one of: ${Object.keys(benchmarks).join(", ")}`);
  process.exit(2);
}
