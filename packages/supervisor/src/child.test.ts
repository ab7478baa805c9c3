import assert from "node:assert/strict";
import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import pino from "pino";
import { Child } from "./child.ts";

const BEAT_MS = 100;
/** Twice as many beats as a child that hangs is given, ms. */
const LONG = 30 * BEAT_MS;

/** A child that is ready, answers, and then does this. `pids`: of each start; `deaths`: how often it ended. */
function raise(context: TestContext, then: string) {
  const root = mkdtempSync(join(tmpdir(), "raadhuis-child-"));
  const file = join(root, "main.mjs");
  writeFileSync(
    file,
    `process.on("disconnect", () => process.exit(0));
     process.on("message", ({ type }) => type === "ping" && process.send({ type: "pong" }));
     process.send({ type: "ready", port: process.pid });
     ${then}`,
  );
  const pids: number[] = [];
  const seen = { pids, deaths: 0 };
  const child = new Child({
    name: "child",
    args: [file],
    env: {},
    cwd: root,
    output: openSync(join(root, "output"), "a"),
    log: pino({ level: "silent" }),
    mayFinish: false,
    beatMs: BEAT_MS,
    onMessage: (message) => message.type === "ready" && pids.push(message.port),
    onEnd: () => seen.deaths++,
  });
  context.after(async () => {
    for (const pid of pids) resume(pid);
    await child.stop(1000);
    rmSync(root, { recursive: true });
  });
  return { seen, child };
}

function resume(pid: number): void {
  try {
    process.kill(pid, "SIGCONT");
  } catch {
    // It is gone.
  }
}

async function until(what: string, satisfied: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !satisfied(); await wait(20))
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
}

test("a child whose event loop is blocked is killed and started again", async (context) => {
  const { seen } = raise(context, "for (;;);");
  await until("another start", () => seen.pids.length > 1);
  assert.ok(seen.deaths > 0);
  assert.throws(() => process.kill(seen.pids[0]!, 0), "the one that hangs is gone");
});

test("a child that somebody stopped on purpose is left alone, and watched over again when it goes on", {
  skip: process.platform !== "linux" && "no /proc",
}, async (context) => {
  const { seen } = raise(context, 'process.on("SIGUSR2", () => { for (;;); });');
  await until("it to be ready", () => seen.pids.length > 0);
  const pid = seen.pids[0]!;
  process.kill(pid, "SIGSTOP");
  await wait(LONG);
  assert.equal(seen.deaths, 0);
  process.kill(pid, "SIGUSR2");
  process.kill(pid, "SIGCONT");
  await until("another start", () => seen.pids.length > 1);
});
