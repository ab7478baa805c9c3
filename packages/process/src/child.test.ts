import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import type { FromChild } from "@raadhuis/protocol/children";

const ground = join(import.meta.dirname, "child.ts");

/** A process that stands on the ground and does this. */
function child(does: string): ChildProcess {
  const program = `import { endBy, failed, ready, tell } from ${JSON.stringify(ground)}; ${does}`;
  const args = ["--input-type=module", "--eval", program];
  return spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
}
const next = async (from: ChildProcess): Promise<FromChild> => (await once(from, "message"))[0] as FromChild;
const END =
  'endBy((reason) => { tell({ type: "failed", code: reason, message: "", final: false }); setTimeout(() => process.exit(7), 50); });';

test("whoever is ready answers pings", async () => {
  const one = child(`${END} ready({ port: 5 });`);
  assert.deepEqual(await next(one), { type: "ready", port: 5 });
  one.send({ type: "ping" });
  assert.deepEqual(await next(one), { type: "pong" });
  one.kill("SIGTERM");
  assert.deepEqual(await next(one), { type: "failed", code: "SIGTERM", message: "", final: false });
  // Asked again, it does not begin to end again.
  one.kill("SIGINT");
  assert.deepEqual(await once(one, "exit"), [7, null]);
});

test("nothing outlives whoever started it", async () => {
  const one = child(`${END} ready({ port: 5 });`);
  await next(one);
  one.disconnect();
  assert.deepEqual(await once(one, "exit"), [7, null]);
});

test("nor does one that was still starting when they went", async () => {
  const one = child(
    `process.once("disconnect", () => setTimeout(() => { ${END} setInterval(() => {}, 1000); }, 50)); tell({ type: "pong" });`,
  );
  await next(one);
  one.disconnect();
  assert.deepEqual(await once(one, "exit"), [7, null]);
});

test("whoever cannot start says why and ends with its status", async () => {
  const one = child('failed({ code: "port.in-use", message: "Set PORT.", final: true }, 2);');
  const [message, [status]] = await Promise.all([next(one), once(one, "exit")]);
  assert.deepEqual(message, { type: "failed", code: "port.in-use", message: "Set PORT.", final: true });
  assert.equal(status, 2);
});
