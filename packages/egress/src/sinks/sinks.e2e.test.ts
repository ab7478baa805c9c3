import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { EgressStatus, type ProgrammeOrder } from "@raadhuis/protocol/children";
import type { Folders } from "../folders.ts";
import { emptyHouse, slateOrder } from "../testing/house.ts";
import { PutServer } from "../testing/putServer.ts";
import { filesIn, stateIn } from "../testing/released.ts";

const PORT = 23_450;
const MAIN = new URL("../testing/fedMain.ts", import.meta.url);
/** A frame is public when it is so old, and a segment's length later at most; the rest is a busy machine's. */
const LATEST_MS = 15_000;

class Fed {
  readonly child: ChildProcess;
  readonly #order: ProgrammeOrder;

  private constructor(child: ChildProcess, order: ProgrammeOrder) {
    this.child = child;
    this.#order = order;
  }

  static async start(folders: Folders, sink: string, order: ProgrammeOrder): Promise<Fed> {
    const env = { ...process.env, ROOT: dirname(folders.public), SINK: sink };
    const fed = new Fed(fork(MAIN, [], { env, stdio: ["ignore", "inherit", "inherit", "ipc"] }), order);
    await once(fed.child, "message");
    await fed.status();
    return fed;
  }

  async status(more: Partial<ProgrammeOrder> = {}): Promise<EgressStatus> {
    this.child.send({ ...this.#order, ...more });
    const [status] = await once(this.child, "message");
    return EgressStatus.parse(status);
  }

  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await once(this.child, "exit");
  }
}

async function until(what: string, satisfied: () => boolean | Promise<boolean>, ms = 90_000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await wait(30)) if (await satisfied()) return;
  throw new Error(`It never came to this: ${what}`);
}

async function begun(context: TestContext, port: number) {
  const folders = await emptyHouse(context);
  const server = await new PutServer(port).start();
  context.after(() => server.stop());
  const order = slateOrder({ at: Date.now(), delayMs: 300, recording: false });
  const start = async () => {
    const fed = await Fed.start(folders, server.url, order);
    context.after(() => fed.child.kill("SIGKILL"));
    return fed;
  };
  const released = async () => (await readdir(folders.public)).filter((name) => name.endsWith(".m4s")).length;
  return { folders, server, start, released };
}

test("a sink that is away, refuses or hangs holds up nobody, and has all of it once when it is back, through kills of the egress", {
  timeout: 300_000,
}, async (context) => {
  const { folders, server, start, released } = await begun(context, PORT);
  let egress = await start();
  await until("a segment at both", () => server.segments.length > 0);

  for (const trouble of ["away", "refuses", "hangs"] as const) {
    if (trouble === "away") await server.stop();
    else server.trouble = trouble;
    const [before, has] = [await released(), server.segments.length];
    await until(`three more in the folder while the sink ${trouble}`, async () => (await released()) >= before + 3);
    const age = Date.now() - ((await stateIn(folders.public))?.until ?? 0);
    assert.ok(age < LATEST_MS, `the public's picture is ${age} ms old while the sink ${trouble}`);
    await until("the status to say so", async () => (await egress.status()).sinks?.[0]?.failing === true);
    const [health] = (await egress.status()).sinks ?? [];
    assert.ok(health && health.name === "put" && health.behindMs > 2000, JSON.stringify(health));
    assert.ok(server.segments.length <= has + 1, "it cannot have more");
    await egress.kill();
    egress = await start();
    if (trouble === "away") await server.start();
    else server.trouble = "none";
    await until("all of it at the sink", async () => server.segments.length >= (await released()));
    await until("the status to say so", async () => (await egress.status()).sinks?.[0]?.failing === false);
  }

  const exit = once(egress.child, "exit");
  await egress.status({ end: true, version: 2, at: Date.now() });
  assert.deepEqual(await exit, [0, null]);
  // Each once, in order, and none left out.
  assert.deepEqual(
    server.segments,
    [...server.segments.keys()].map((number) => `${number}.m4s`),
  );
  const left = (await filesIn(folders.public)).sort();
  assert.deepEqual([...server.files.keys()].map((name) => name.replace("parts/", "")).sort(), left);
  assert.deepEqual(server.files.get("state.json"), await readFile(join(folders.public, "state.json")));
  assert.equal((await stateIn(folders.public))?.ended, true);
});

test("a sink that was away when the public's slates were taken back hears so from the next egress, before anything else", {
  timeout: 120_000,
}, async (context) => {
  const { folders, server, start, released } = await begun(context, PORT + 1);
  let egress = await start();
  await until("two segments at the sink", () => server.segments.length >= 2);
  await server.stop();
  const before = await released();
  await until("one that the sink does not have", async () => (await released()) > before);
  const has = server.segments.length;
  const exit = once(egress.child, "exit");
  await egress.status({ givenUp: true });
  assert.deepEqual(await exit, [0, null]);
  assert.deepEqual(await filesIn(folders.public), []);
  assert.ok(server.files.has("state.json"), "it was away");

  const old = [...server.files.keys()];
  await server.start();
  egress = await start();
  await until("a new segment at the sink", () => server.segments.length > has);
  for (const name of old) assert.ok(server.removed.includes(name), `${name} was not taken back`);
  const fresh = server.segments.slice(has);
  const known = new Set(old);
  assert.ok(
    fresh.every((name) => !known.has(name)),
    "a name came twice",
  );
  assert.deepEqual(new Set(fresh).size, fresh.length);
  // What was taken back before it had it never comes to it.
  const [first] = (await readdir(folders.public))
    .filter((name) => name.endsWith(".m4s"))
    .map((name) => parseInt(name, 10))
    .sort((a, b) => a - b);
  assert.ok(
    fresh.every((name) => parseInt(name, 10) >= first!),
    `${fresh} before ${first}`,
  );
});
