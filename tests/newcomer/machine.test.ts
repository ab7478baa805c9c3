import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { until } from "../lib/wait.ts";
import { type Machine, Run } from "./machine.ts";

/** A machine with this one's programs, and nothing else. */
const root = mkdtempSync(join(tmpdir(), "raadhuis-machine-"));
after(() => rmSync(root, { recursive: true }));
const machine: Machine = {
  root,
  env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
  binds: ["/usr", "/bin", "/sbin", "/lib", "/lib64"].filter(isHere),
};

function isHere(folder: string): boolean {
  return readdirSync("/").includes(folder.slice(1));
}

const shell = (script: string, folder = "/") => new Run(machine, folder, ["sh", "-c", script], () => undefined);

suite("a machine in a folder", { skip: process.getuid?.() === 0 ? false : "mounts need root" }, () => {
  test("runs a command, and tells its lines and its end", async () => {
    const run = shell("echo one; echo two; exit 3");
    assert.equal(await run.firstLine(), "one");
    assert.deepEqual(await run.ended(), { status: 3, left: [] });
    assert.equal(run.lastLine, "two");
  });

  test("runs it in a folder of that machine", async () => {
    const run = shell("pwd", "/usr/share");
    assert.equal(await run.firstLine(), "/usr/share");
    await run.ended();
  });

  test("says so where a command has no line, or is not there", async () => {
    const silent = shell("exit 0");
    assert.equal(await silent.firstLine(), null);
    await silent.ended();
    const { status } = await new Run(machine, "/", ["no-such-program"], () => undefined).ended();
    assert.equal(status, 127);
  });

  test("has this machine's other folders out of sight, and devices of its own", async () => {
    const run = shell("echo $(ls /) $(ls -A /dev/shm); echo lost > /dev/null && touch /dev/shm/own");
    const seen = (await run.firstLine())?.split(" ");
    const expected = ["dev", "proc", "sys", ...machine.binds.map((folder) => folder.slice(1))];
    assert.deepEqual(seen, expected.sort());
    assert.equal((await run.ended()).status, 0);
    assert.ok(!readdirSync("/dev/shm").includes("own"));
    assert.ok(!readFileSync("/proc/self/mountinfo", "utf8").includes(root), "a mount has stayed");
  });

  test("makes the command the leader of its process group", async () => {
    const leads = "read -r pid name state parent group rest < /proc/self/stat; [ $pid = $group ]";
    assert.equal((await shell(leads).ended()).status, 0);
  });

  test("lets a signal reach the command", async () => {
    const asked = shell("trap 'exit 4' TERM; echo up; while :; do sleep 0.1; done");
    await asked.firstLine();
    asked.stop();
    assert.deepEqual(await asked.ended(), { status: 4, left: [] });
  });

  test("names and ends what a command leaves running", async () => {
    assert.deepEqual(await shell("sleep 3001 & exit 0").ended(100), { status: 0, left: ["sleep 3001"] });
    assert.deepEqual(running("sleep 3001"), []);
  });

  test("ends with the process that started it", async () => {
    const script = `
      const { Run } = await import(${JSON.stringify(join(import.meta.dirname, "machine.ts"))});
      const run = new Run(${JSON.stringify(machine)}, "/", ["sh", "-c", "echo up; sleep 3002"], () => {});
      console.log(await run.firstLine());`;
    const owner = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(owner.stdout, "data");
    assert.notEqual(running("sleep 3002").length, 0);
    owner.kill("SIGKILL");
    await until("all to end", () => running("sleep 3002").length === 0);
  });
});

/** Processes of this machine, by their command line. */
const running = (command: string) =>
  readdirSync("/proc").filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim().endsWith(command);
    } catch {
      return false;
    }
  });
