import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, type TestContext, test } from "node:test";
import type { DatabaseAt } from "@raadhuis/protocol/settings";
import { newId } from "../random.ts";
import { endSharedCluster, sharedCluster } from "./postgres.ts";

export type EngineName = "SQLite" | "PostgreSQL";

/** An engine, and on it a database for one test. */
export interface Engine {
  name: EngineName;
  at: DatabaseAt;
}

const databases: Record<EngineName, (t: Pick<TestContext, "after">) => Promise<DatabaseAt>> = {
  SQLite: async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "raadhuis-store-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    return { file: join(folder, "data", "raadhuis.db") };
  },
  PostgreSQL: async () => ({ postgres: await sharedCluster().database(`test_${newId()}`) }),
};
const engines = ["SQLite", "PostgreSQL"] as const satisfies readonly EngineName[];

after(endSharedCluster);

/** The engine that a file's tests are run on, where the runner says another than SQLite: tests/runner/plan.ts. */
const chosen: EngineName = process.env.RAADHUIS_TEST_DATABASE === "postgres" ? "PostgreSQL" : "SQLite";

/** A database for one test, on the engine that this run is for. */
export const emptyDatabase = (t: Pick<TestContext, "after">): Promise<DatabaseAt> => databases[chosen](t);

/** Settings of a house with this data folder on the engine that this run is for: the same database for the same folder. */
export const databaseSettings = (data: string): Record<string, string> =>
  chosen === "SQLite" ? {} : { DATABASE_URL: sharedCluster().urlOf(basename(data)) };

/** Makes a house's database where it must be there before the house. */
export async function makeDatabase(at: DatabaseAt): Promise<void> {
  if ("postgres" in at) await sharedCluster().database(at.postgres.database);
}

/** The same sentence on every engine, each with a database of its own that nothing is in yet. */
export function onEachEngine(sentence: string, work: (t: TestContext, engine: Engine) => Promise<void>): void {
  for (const name of engines)
    test(`${sentence} (${name})`, async (t) => {
      await work(t, { name, at: await databases[name](t) });
    });
}
