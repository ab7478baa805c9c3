import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, suite, test } from "node:test";
import { install } from "./apt.mjs";
import { SetUpError } from "./errors.mjs";

const scratch = mkdtempSync(join(tmpdir(), "raadhuis-apt-"));
after(() => rmSync(scratch, { recursive: true }));

/** An apt-get that writes down what it is told, and does this. Its first arguments are options. */
function aptGet(does: string) {
  const file = join(scratch, "apt-get");
  writeFileSync(file, `#!/bin/sh\necho "$@" >> ${scratch}/told\n${does}\n`);
  chmodSync(file, 0o755);
}
const told = () =>
  readFileSync(join(scratch, "told"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.replace(/^(-o \S+ )+/, ""));

const PATH = process.env.PATH;
after(() => {
  process.env.PATH = PATH;
});
beforeEach(() => {
  process.env.PATH = `${scratch}:${PATH}`;
  rmSync(join(scratch, "told"), { force: true });
});

const failed = (error: unknown) => error instanceof SetUpError && error.code === "tools.failed";
const installs = "install -y --no-install-recommends thing";

suite("installing from Debian's packages", { concurrency: false }, () => {
  test("asks for the index of today first", async () => {
    aptGet("exit 0");
    await install(["thing"]);
    assert.deepEqual(told(), ["update", installs]);
  });

  test("waits while another apt-get has the lock", async () => {
    aptGet(`[ "$(wc -l < ${scratch}/told)" -gt 2 ] && exit 0
      echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1 (apt-get)" >&2; exit 100`);
    await install(["thing"], { pause: 1 });
    assert.deepEqual(told(), ["update", "update", "update", installs]);
  });

  test("does not wait for ever", async () => {
    aptGet("echo 'E: Could not get lock /var/lib/dpkg/lock-frontend' >&2; exit 100");
    await assert.rejects(install(["thing"], { pause: 1, patience: 0 }), failed);
  });

  test("does with an older index where there is none of today", async () => {
    aptGet(`case "$*" in *update) exit 100;; esac`);
    await install(["thing"]);
    assert.deepEqual(told(), ["update", installs]);
  });

  test("fails where neither can be had, once", async () => {
    aptGet("exit 100");
    await assert.rejects(install(["thing"]), failed);
    assert.deepEqual(told(), ["update", installs]);
  });

  test("goes on without what is only wished for", async () => {
    aptGet("exit 100");
    await install(["thing"], { wished: true });
    assert.deepEqual(told(), ["update", installs]);
  });
});
