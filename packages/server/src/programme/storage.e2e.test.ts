import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { verify } from "@raadhuis/meeting";
import { openStore } from "../store/store.ts";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";
import { Storage, storageHealth } from "./storage.ts";

const PORT = 24190;
const mayMount =
  process.getuid?.() === 0 &&
  spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"], { stdio: "ignore" }).status === 0;
const skip = !mayMount && "a file system can be mounted by root only";

/** A file system of this many kilobytes, for the test's length, and what fills it. */
function small(t: TestContext, kilobytes: number) {
  const path = mkdtempSync(join(tmpdir(), "raadhuis-full-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "none", path]);
  t.after(() => {
    execFileSync("umount", ["-l", path]);
    rmSync(path, { recursive: true });
  });
  const filler = join(path, "filler");
  return {
    path,
    fill() {
      assert.throws(() => writeFileSync(filler, Buffer.alloc(kilobytes * 1024)), { code: "ENOSPC" });
    },
    makeRoom: () => rmSync(filler),
  };
}

test("room is told before there is none, and none when nothing can be written", { skip }, async (t) => {
  const disk = small(t, 2 * 1024 * 1024);
  const told: string[] = [];
  const storage = new Storage(disk.path);
  storage.onChange((left) => told.push(storageHealth(left).light));
  assert.equal(await storage.look(), "enough");
  execFileSync("mount", ["-o", "remount,size=1g", disk.path]);
  assert.equal(await storage.look(), "low");
  execFileSync("mount", ["-o", "remount,size=8k", disk.path]);
  writeFileSync(join(disk.path, "a"), Buffer.alloc(8192));
  assert.equal(await storage.look(), "none");
  execFileSync("mount", ["-o", "remount,size=1g,ro", disk.path]);
  assert.equal(await storage.look(), "none");
  execFileSync("mount", ["-o", "remount,size=2g,rw", disk.path]);
  assert.equal(await storage.look(), "enough");
  assert.deepEqual(told, ["amber", "red", "green"]);
});

test("on a full disk a command is refused in words, the office sees it, and it goes on when there is room", {
  skip,
}, async (t) => {
  const disk = small(t, 4096);
  const settings = testSettings(PORT, { RAADHUIS_DATA: disk.path });
  const house = await houseFor(t, settings);
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  await office.next("health", ({ health }) => health.storage.code === "storage.low");
  const chair = await new Visitor(house.url).sit(links[0]!.link);
  await chair.welcome();
  const member = new Visitor(house.url);
  const seat = await member.redeem(links[1]!.link);

  disk.fill();
  await office.next("health", ({ health }) => health.storage.light === "red");
  // The database's own room is used up first.
  const answers = [];
  do {
    answers.push(await chair.command({ type: "addItem", item: `item${answers.length}abcd`, title: "x".repeat(300) }));
  } while (answers.at(-1)?.type === "done" && answers.length < 50);
  const refusal = answers.pop();
  assert.equal(refusal?.type === "refused" && refusal.code, "house.disk-full");
  for (const path of ["/healthz", "/readyz", "/api/house"]) assert.equal((await clerk.get(path)).status, 200, path);
  const in_ = await member.open(`/api/seats/${seat}/socket`);
  await in_.welcome();
  const link = await new Visitor(house.url).post("/api/seats/redeem", {
    meeting,
    secret: new URL(links[2]!.link).hash.slice(1),
  });
  assert.deepEqual([link.status, Object(link.body).code], [507, "house.disk-full"]);

  disk.makeRoom();
  await office.next("health", ({ health }) => health.storage.light === "amber");
  const again = await chair.command({ type: "addItem", item: "itemagain", title: "Rondvraag" });
  assert.equal(again.type, "done");
  await house.close();
  const store = await openStore({ file: join(disk.path, "raadhuis.db") });
  t.after(() => store.close());
  const [only] = await store.record.summaries();
  const events = await store.record.events(only!.id);
  assert.equal(verify(events, { meeting: only!.id }).ok, true);
  assert.equal(events.filter(({ type }) => type === "item.added").length, 3 + answers.length + 1);
});

test("a log on a full disk costs its lines, not the process", { skip }, async (t) => {
  const disk = small(t, 64);
  const log = openSync(join(disk.path, "log"), "a");
  t.after(() => closeSync(log));
  const program = `import { makeLog } from ${JSON.stringify(join(import.meta.dirname, "../log.ts"))};
    const log = makeLog("info");
    for (let n = 0; n < 2000; n++) log.info({ n }, "x".repeat(200));
    console.log("lives");`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", log],
    encoding: "utf8",
  });
  assert.equal(stdout, "lives\n");
  assert.ok(readFileSync(join(disk.path, "log")).length > 60_000);
});
