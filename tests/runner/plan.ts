import { availableParallelism } from "node:os";
import { meetingsOf, runOnCluster } from "./cluster.ts";
import { runComponents } from "./components.ts";
import { ofSeveralRooms, runContract, runOnProcesses } from "./contract.ts";
import { engines, liveKitBinary } from "./engines.ts";
import type { Files } from "./files.ts";
import { END_TO_END_LIMIT, runFiles, UNIT_LIMIT } from "./run-files.ts";
import type { Stage } from "./stages.ts";

/**
 * What takes long and shows that what stands already does so elsewhere, too: clusters, networks, loads. So does a
 * broadcast with a quarter of its processor: what it sheds, and when, is a rule with a test of its own (`shedding.ts`).
 */
const LONG = [
  /^tests\/(cluster|lines|newcomer)/,
  /^packages\/bench\//,
  /^packages\/sfu\/src\/(processes|ports)\//,
  /^packages\/egress\/src\/starved\.e2e\./,
];

/**
 * They have the machine to themselves: people with cameras, and whatever asks how soon something happens. The other
 * end-to-end tests wait for most of their time, and are run beside each other.
 */
const ALONE = [
  /^tests\/(cluster|doors|kill|lib\/capture|lines|meeting|newcomer|nothing-leaves|removal|rooms)/,
  /^packages\/bench\//,
  /^packages\/egress\/src\/main\.e2e\./,
  /\/starved\.e2e\./,
];
/** What is held again with PostgreSQL for a database; the store's own tests are on both engines by themselves. */
const ON_POSTGRES =
  /^packages\/server\/src\/(meetings\/(meetings|socket|doors|streams|presence)|office\/office)\.test\./;
/** With all files, these too. */
const ALSO_ON_POSTGRES = /^packages\/server\/src\/(office\/(organs|links|peopleList)|trail\/trail)\.test\./;

/** So many beside each other: one more than there are cores, as they wait, and not more than have ports of their own. */
const BESIDE = Math.min(availableParallelism() + 1, 4);

/** End-to-end tests by whether they are run alone. */
export function apartOf(endToEnd: readonly string[]): { alone: string[]; beside: string[] } {
  const isAlone = (file: string) => ALONE.some((alone) => alone.test(file));
  return { alone: endToEnd.filter(isAlone), beside: endToEnd.filter((file) => !isAlone(file)) };
}

/** What is run without being asked for. */
export const promisedOf = ({ unit, components, endToEnd }: Files): Files => ({
  unit,
  components,
  endToEnd: endToEnd.filter((file) => !LONG.some((long) => long.test(file))),
  contract: [],
});

/**
 * In what order these files are run, and which of them beside each other.
 * @param everywhere whether what goes the same way on other media servers is run there, too
 */
export function planFor({ unit, components, endToEnd, contract }: Files, root: string, everywhere: boolean): Stage[][] {
  const liveKit = liveKitBinary(root);
  /** Tests of other packages that hold themselves against a LiveKit server, too, find it by this. */
  const environment: Record<string, string> =
    everywhere && "binary" in liveKit ? { RAADHUIS_TEST_LIVEKIT: liveKit.binary } : {};
  const asked = engines.map((engine) => ({
    files: contract,
    run: (files: readonly string[]) => runContract(engine, files, root),
    secondTry: true,
  }));
  const { alone, beside } = apartOf(endToEnd);
  const steps: Stage[][] = [
    [{ files: unit, run: (files) => runFiles(files, availableParallelism(), UNIT_LIMIT), secondTry: false }],
    [
      {
        files: unit.filter((file) => ON_POSTGRES.test(file) || (everywhere && ALSO_ON_POSTGRES.test(file))),
        run: (files) =>
          runFiles(files, availableParallelism(), UNIT_LIMIT, {
            on: "PostgreSQL",
            environment: { RAADHUIS_TEST_DATABASE: "postgres" },
          }),
        secondTry: false,
      },
    ],
    [{ files: components, run: runComponents, secondTry: true }],
    // One engine's tests take three quarters of a core, and much of their time is waiting.
    ...(availableParallelism() > 1 ? [asked] : asked.map((stage) => [stage])),
    [{ files: ofSeveralRooms(contract), run: runOnProcesses, secondTry: true }],
    [{ files: beside, run: (files) => runFiles(files, BESIDE, END_TO_END_LIMIT, { environment }), secondTry: true }],
    [{ files: alone, run: (files) => runFiles(files, 1, END_TO_END_LIMIT, { environment }), secondTry: true }],
  ];
  if (everywhere)
    steps.push([{ files: meetingsOf(endToEnd), run: (files) => runOnCluster(files, root), secondTry: true }]);
  return steps;
}
