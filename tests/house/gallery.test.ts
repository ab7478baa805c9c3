import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { z } from "zod";
import { type House, startHouse } from "../lib/house.ts";

/** Tried by a program run as the gallery is: what an intruder in its process could do. */
const ATTEMPTS = `
  const { readFileSync, readdirSync, writeFileSync } = await import("node:fs");
  const { spawnSync } = await import("node:child_process");
  const { Worker } = await import("node:worker_threads");
  const [data, addon] = process.argv.slice(1);
  const outcome = (attempt) => { try { attempt(); return "done"; } catch (error) { return error.code ?? error.name; } };
  console.log(JSON.stringify({
    released: outcome(() => readFileSync(data + "/public/proof.json")),
    database: outcome(() => readFileSync(data + "/raadhuis.db")),
    folder: outcome(() => readdirSync(data)),
    passwords: outcome(() => readFileSync("/etc/passwd")),
    write: outcome(() => writeFileSync(data + "/public/defaced.json", "")),
    program: outcome(() => { const { error } = spawnSync("/bin/true"); if (error) throw error; }),
    addon: outcome(() => process.dlopen({ exports: {} }, addon)),
    thread: outcome(() => new Worker("", { eval: true }).unref()),
    code: outcome(() => new Function("return 1")()),
  }));
  process.exit();`;
const Outcomes = z.record(z.string(), z.string());

let house: House;
before(async () => {
  house = await startHouse({ port: 26_230 });
  writeFileSync(join(house.publicFolder, "proof.json"), "{}");
});
after(() => house.close());

function attempts(flags: string[]) {
  const addon = join(
    import.meta.dirname,
    "../../node_modules/medooze-media-server/build/Release/medooze-media-server.node",
  );
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, "--input-type=module", "-e", ATTEMPTS, "--", house.data, addon],
    { encoding: "utf8", timeout: 30_000 },
  );
  assert.notEqual(stdout, "", stderr);
  return Outcomes.parse(JSON.parse(stdout));
}

/** Flags of the gallery that runs now, as the system knows them. */
async function flagsOfGallery(): Promise<string[]> {
  const line = readFileSync(`/proc/${await house.pidOf("gallery")}/cmdline`, "utf8").split("\0");
  return line.filter((part) => part.startsWith("--"));
}

test("who gets into the gallery's process reads what is public, and can do nothing else", async () => {
  const flags = await flagsOfGallery();
  assert.ok(flags.includes("--permission"), flags.join(" "));
  const { released, code, ...rest } = attempts(flags);
  assert.equal(released, "done");
  assert.equal(code, "EvalError");
  for (const [attempt, outcome] of Object.entries(rest))
    assert.match(outcome, /^ERR_(ACCESS_DENIED|DLOPEN_DISABLED)$/, attempt);
});

test("the same attempts succeed without these flags: it is they that hold", () => {
  for (const [attempt, outcome] of Object.entries(attempts([]))) assert.equal(outcome, "done", attempt);
});

test("the gallery is told no secret", async () => {
  const environment = readFileSync(`/proc/${await house.pidOf("gallery")}/environ`, "utf8");
  assert.match(environment, /RAADHUIS_DATA=/);
  assert.doesNotMatch(environment, /SECRET|LIVEKIT/);
  assert.match(readFileSync(`/proc/${await house.pidOf("server")}/environ`, "utf8"), /RAADHUIS_ADMISSION_SECRET=/);
});

test("the chamber's database and pages are not at the gallery's door", async () => {
  for (const path of ["raadhuis.db", "public/../raadhuis.db", "office", "api/house", "m/abcdefgh", "rtc"])
    assert.equal((await fetch(new URL(path, house.ready.gallery))).status, 404, path);
});
