import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { hashOf } from "../random.ts";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";
import { openStore } from "./store.ts";

const PORT = 24350;

/** Another process that holds the write lock, as a backup does, until it is told to let go. */
async function lock(t: TestContext, file: string): Promise<() => Promise<void>> {
  const hold = `const db = require("better-sqlite3")(process.argv[1]);
    db.exec("BEGIN EXCLUSIVE"); console.log("held");
    process.stdin.on("end", () => { db.exec("COMMIT"); db.close(); }).resume();`;
  const holder = spawn(process.execPath, ["-e", hold, file], {
    cwd: import.meta.dirname,
    stdio: ["pipe", "pipe", "inherit"],
  });
  t.after(() => holder.kill("SIGKILL"));
  await once(holder.stdout, "data");
  return async () => {
    holder.stdin.end();
    await once(holder, "exit");
  };
}

test("while another process holds the database, only what is written waits: all else is answered", async (t) => {
  const settings = testSettings(PORT);
  const house = await houseFor(t, settings);
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const chair = new Visitor(house.url);
  const line = await chair.sit(links[0]!.link);
  await line.welcome();
  const member = new Visitor(house.url);
  const seat = await member.redeem(links[1]!.link);

  const letGo = await lock(t, join(settings.data, "raadhuis.db"));
  let done = false;
  const command = line.command({ type: "addItem", item: "abcdefgh", title: "Rondvraag" }).then((answer) => {
    done = true;
    return answer;
  });
  const redeemed = new Visitor(house.url).redeem(links[2]!.link);
  for (const path of ["/healthz", "/readyz", "/api/house"]) assert.equal((await clerk.get(path)).status, 200, path);
  assert.equal((await clerk.get(`/api/office/meetings`)).status, 200);
  assert.equal((await member.get(`/api/seats/${seat}`)).status, 200);
  // Somebody comes in, and the page whose command waits asks for a ticket.
  const other = await member.open(`/api/seats/${seat}/socket`);
  await other.welcome();
  line.say({ type: "ticket" });
  await line.next("media");
  await line.next("media");
  assert.equal(done, false, "the command could not be written yet");

  await letGo();
  assert.equal((await command).type, "done");
  assert.equal(await redeemed, links[2]!.seat);
  await other.event("item.added");
  assert.ok(meeting);
});

test("a lock that does not end is a refusal in words, at once for those behind, and the house goes on after it", async (t) => {
  const settings = testSettings(PORT + 2);
  const file = join(settings.data, "raadhuis.db");
  const store = await openStore({ file }, { now: () => 1, patienceMs: 1_000 });
  t.after(() => store.close());
  await store.access.addClerkSession({ hash: hashOf("before"), now: 1, expiresAt: 10 }, "clerk");
  const letGo = await lock(t, file);
  const busy = { code: "house.busy", status: 503 };
  const writes = Array.from({ length: 3 }, (_, n) =>
    store.access.addClerkSession({ hash: hashOf(`${n}`), now: 1, expiresAt: 10 }, "clerk"),
  );
  await Promise.all(writes.map((write) => assert.rejects(write, busy)));
  await assert.rejects(store.access.putSetUpLink("link", 10), busy);
  assert.equal(await store.access.clerkSession(hashOf("before"), 1), "clerk");
  await letGo();
  await store.access.putSetUpLink("link", 10);
  assert.equal(await store.access.setUpLink("link", 1), "good");
  assert.equal(await store.access.clerkSession(hashOf("0"), 1), undefined);
});
