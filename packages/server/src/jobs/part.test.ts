import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";
import { makeLog } from "../log.ts";
import { openStore } from "../store/store.ts";
import { emptyDatabase } from "../testing/engines.ts";
import { JobKind } from "./kinds.ts";
import { jobsPart } from "./part.ts";
import { KEY_FILE } from "./secrets.ts";

test("jobs of the kinds it was given are done from its start to its end, and a key is there when one is needed", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-jobs-"));
  const store = await openStore(await emptyDatabase(t));
  t.after(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  let done = (_: string) => {};
  const isDone = () =>
    new Promise<string>((resolve) => {
      done = resolve;
    });
  const kindOf = (name: string, isSecret: boolean) =>
    new JobKind({ name, payload: z.string(), isSecret, run: async (payload) => done(payload) });
  const [plain, secret, unknown] = [kindOf("test.plain", false), kindOf("test.secret", true), kindOf("test.no", false)];
  const { part, jobs } = jobsPart({ store, kinds: [plain, secret], folder, log: makeLog("error") });
  await part.start?.();

  const first = isDone();
  await store.jobs.add(jobs.newJob(unknown, "waits"));
  await store.jobs.add(jobs.newJob(plain, "a"));
  jobs.wake();
  assert.equal(await first, "a");
  assert.equal(existsSync(join(folder, KEY_FILE)), false);
  const second = isDone();
  await store.jobs.add(jobs.newJob(secret, "b"));
  jobs.wake();
  assert.equal(await second, "b");
  assert.equal(existsSync(join(folder, KEY_FILE)), true);

  await part.stop?.();
  await store.jobs.add(jobs.newJob(plain, "c"));
  jobs.wake();
  const left = (await store.jobs.list()).map(({ kind, attempts }) => [kind, attempts]);
  assert.deepEqual(left.toSorted(), [
    ["test.no", 0],
    ["test.plain", 0],
  ]);
});
