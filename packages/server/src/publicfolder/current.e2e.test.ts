import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import { CurrentFiles } from "./current.ts";

const mayMount =
  process.getuid?.() === 0 &&
  spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"], { stdio: "ignore" }).status === 0;
const skip = !mayMount && "a file system can be mounted by root only";

test("files that found a full disk are written, as they are by then, once there is room", { skip }, async (t) => {
  const disk = mkdtempSync(join(tmpdir(), "raadhuis-public-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "none", disk]);
  const files = new CurrentFiles(pino({ level: "silent" }));
  t.after(async () => {
    await files.stop();
    execFileSync("umount", ["-l", disk]);
    rmSync(disk, { recursive: true });
  });
  const long = "x".repeat(20_000);
  const index = join(disk, "index.json");
  const announcement = join(disk, "meeting", "announcement.json");
  files.put(index, async () => ({ version: 1 }));
  await files.settled();
  assert.throws(() => writeFileSync(join(disk, "filler"), Buffer.alloc(256 * 1024)), { code: "ENOSPC" });

  files.put(index, async () => ({ version: 2, long }));
  files.put(announcement, async () => ({ long }));
  await files.settled();
  files.put(index, async () => ({ version: 3, long }));
  await files.settled();
  const version = () => JSON.parse(readFileSync(index, "utf8")).version;
  assert.equal(version(), 1, "what was there stays");
  assert.ok(!existsSync(announcement));
  const left = readdirSync(disk, { recursive: true }).map(String);
  assert.deepEqual(
    left.filter((name) => name.endsWith(".tmp")),
    [],
    "what could not be finished holds no room",
  );

  rmSync(join(disk, "filler"));
  for (const end = Date.now() + 60_000; !(version() === 3 && existsSync(announcement)); await pause(20))
    assert.ok(Date.now() < end, "the files were never written");
  await files.settled();
  assert.deepEqual(readdirSync(disk).sort(), ["index.json", "meeting"]);
});
