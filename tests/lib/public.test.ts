import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { watchPublic } from "./public.ts";
import { until } from "./wait.ts";

test("a file is kept under each name it had, also when it was seen before it was put in its place", async (context) => {
  const scratch = await mkdtemp(join(tmpdir(), "raadhuis-public-"));
  context.after(() => rm(scratch, { recursive: true }));
  const [open, kept] = [join(scratch, "public"), join(scratch, "kept")];
  await mkdir(open);
  const watch = await watchPublic(open, kept);
  const has = (name: string) => async () => (await readdir(kept)).some((one) => one.endsWith(`_${name}`));
  await writeFile(join(open, "init-1.mp4.part"), "film");
  await until("it is kept as it is written", has("init-1.mp4.part"));
  await rename(join(open, "init-1.mp4.part"), join(open, "init-1.mp4"));
  await watch.stop();
  assert.ok(await has("init-1.mp4")());
});
