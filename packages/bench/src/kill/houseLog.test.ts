import assert from "node:assert/strict";
import { test } from "node:test";
import { mediaServerOf, spareWaits } from "./houseLog.ts";

const supervisor = (msg: string, childPid: number, more = {}) =>
  JSON.stringify({ level: 30, time: 1000, process: "supervisor", pid: 1, msg, child: "sfu", childPid, ...more });
const sfu = (msg: string, pid: number, time: number) =>
  JSON.stringify({ level: 30, time: new Date(time).toISOString(), process: "sfu", pid, msg });

const started = [supervisor("child started", 5), sfu("ready", 5, 2000)];
const killed = [...started, sfu("spare waits", 6, 3000), supervisor("child ended", 5, { pause: 0, signal: "SIGKILL" })];
const again = [...killed, supervisor("child started", 6), sfu("ready", 6, 4000)];

test("the media server is the one that began last, while it lives and listens", () => {
  const of = (lines: string[]) => mediaServerOf(lines.join("\n"));
  assert.equal(of([]), undefined);
  assert.equal(of(started.slice(0, 1)), undefined);
  assert.deepEqual(of(started), { pid: 5, listensAt: 2000, pause: 0 });
  assert.equal(of(killed), undefined);
  assert.deepEqual(of([...again, "nonsense", '{"half":']), { pid: 6, listensAt: 4000, pause: 0 });
});

test("a pause of the supervisor is told", () => {
  const late = again.map((line) => line.replace('"pause":0', '"pause":250'));
  assert.equal(mediaServerOf(late.join("\n"))?.pause, 250);
});

test("a spare counts that waits since this media server began, and is not itself", () => {
  assert.equal(spareWaits(killed.join("\n"), { pid: 5 }), true);
  assert.equal(spareWaits(again.join("\n"), { pid: 6 }), false);
  assert.equal(spareWaits([...again, sfu("spare waits", 7, 5000)].join("\n"), { pid: 6 }), true);
});
