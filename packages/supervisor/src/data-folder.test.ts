import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { claimDataFolder } from "./data-folder.ts";

const scratch = mkdtempSync(join(tmpdir(), "raadhuis-claim-"));
after(() => rmSync(scratch, { recursive: true }));

test("a folder belongs to one house at a time, by whatever way it is reached, and is free after its death", async () => {
  const data = join(scratch, "data");
  const program = `
    const { claimDataFolder } = await import(${JSON.stringify(join(import.meta.dirname, "data-folder.ts"))});
    console.log((await claimDataFolder(${JSON.stringify(data)}))?.code ?? "ours");
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(other.stdout.setEncoding("utf8"), "data");
  assert.equal(String(said).trim(), "ours");
  symlinkSync(data, join(scratch, "same"));
  assert.equal((await claimDataFolder(data))?.code, "data.in-use");
  assert.equal((await claimDataFolder(join(scratch, "same")))?.code, "data.in-use");
  assert.equal(await claimDataFolder(join(scratch, "other")), null);
  other.kill("SIGKILL");
  await once(other, "exit");
  assert.equal(await claimDataFolder(data), null);
});

test("a folder that cannot be made is said", async () => {
  writeFileSync(join(scratch, "file"), "");
  assert.equal((await claimDataFolder(join(scratch, "file", "data")))?.code, "data.refused");
});
