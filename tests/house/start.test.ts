import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, suite, test } from "node:test";
import { startHouse } from "../lib/house.ts";
import { until } from "../lib/wait.ts";

const root = join(import.meta.dirname, "..", "..");
const scratch = mkdtempSync(join(tmpdir(), "raadhuis-start-"));
after(() => rmSync(scratch, { recursive: true }));

/** A command that should refuse: its exit status and what it says on stderr. */
function refused(env: NodeJS.ProcessEnv, { checkout = root, args = ["--json"] } = {}) {
  const { status, stderr, stdout } = spawnSync(join(checkout, "bin", "start"), args, {
    env: { PATH: process.env.PATH, HOME: scratch, RAADHUIS_DATA: join(scratch, "data"), ...env },
    encoding: "utf8",
    timeout: 600_000,
  });
  assert.equal(stdout, "");
  return { status, stderr };
}

const addresses = { RAADHUIS_URL: "https://chamber.test", RAADHUIS_GALLERY_URL: "https://gallery.test" };
const behindProxy = { RAADHUIS_TLS: "proxy", ...addresses };
const withFiles = {
  RAADHUIS_TLS: "files",
  ...addresses,
  RAADHUIS_TLS_KEY: "/nowhere/chamber.key",
  RAADHUIS_GALLERY_TLS_CERT: "/nowhere/gallery.pem",
  RAADHUIS_GALLERY_TLS_KEY: "/nowhere/gallery.key",
};

suite("a house that cannot stand says why, and what to do", () => {
  for (const [name, env, code, word] of [
    ["open to the network without TLS", { RAADHUIS_BIND: "0.0.0.0" }, "settings.needs-tls", "RAADHUIS_TLS"],
    [
      "chamber and gallery under one host name",
      { RAADHUIS_URL: "http://localhost:8080", RAADHUIS_GALLERY_URL: "http://localhost:8081" },
      "settings.same-host",
      "RAADHUIS_GALLERY_URL",
    ],
    ["a port that is no port", { PORT: "eighty" }, "settings.invalid", "PORT"],
    ["a port with no room for those after it", { PORT: "65535" }, "settings.invalid", "PORT"],
    ["an address below another site", { RAADHUIS_URL: "http://a.example/raad" }, "settings.invalid", "RAADHUIS_URL"],
    ["a slip in a name", { RAADHUIS_TSL: "files" }, "settings.unknown", "RAADHUIS_TLS"],
    ["what is the house's own", { RAADHUIS_SPARE: "1" }, "settings.internal", "RAADHUIS_SPARE"],
    [
      "proxies that are no addresses",
      { ...behindProxy, RAADHUIS_PROXIES: "foo" },
      "settings.invalid",
      "RAADHUIS_PROXIES",
    ],
    [
      "a certificate that is not there",
      { ...withFiles, RAADHUIS_TLS_CERT: "/nowhere/chamber.pem" },
      "certificate.unreadable",
      "RAADHUIS_TLS_CERT=/nowhere/chamber.pem",
    ],
    ["a door in the other's place", { PORT: "26280", GALLERY_PORT: "26282" }, "port.twice", "GALLERY_PORT"],
    ["TLS without certificates", { RAADHUIS_TLS: "files" }, "settings.incomplete", "RAADHUIS_TLS_CERT"],
  ] as const)
    test(name, () => {
      const { status, stderr } = refused(env);
      assert.equal(status, 2);
      assert.ok(stderr.includes(`[${code}]`) && stderr.includes(word), stderr);
    });

  test("a port in use", async () => {
    const other = createServer().listen(26_200, "localhost");
    await once(other, "listening");
    const { status, stderr } = refused({ PORT: "26200" });
    other.close();
    assert.equal(status, 2);
    assert.match(stderr, /26200.*in use.*PORT.*\[port\.in-use\]/);
  });

  test("arguments that mean nothing", () => {
    const { status, stderr } = refused({}, { args: ["--people", "3"] });
    assert.equal(status, 2);
    assert.match(stderr, /--people goes with --demo/);
  });

  test("a Node that is too old", () => {
    const bin = join(scratch, "old");
    mkdirSync(bin);
    writeFileSync(join(bin, "node"), "#!/bin/sh\necho v18.20.4\n");
    chmodSync(join(bin, "node"), 0o755);
    const { status, stderr } = refused({ PATH: `${bin}${delimiter}${process.env.PATH}` });
    assert.equal(status, 1);
    assert.match(stderr, /v18\.20\.4 is too old.*\[node\.too-old\]/);
  });

  test("no Node at all", () => {
    const { status, stderr } = refused({ PATH: pathWith("no-node", ["dirname"]) });
    assert.equal(status, 1);
    assert.match(stderr, /\[node\.missing\]/);
  });

  test("no compiler, and nobody who may install one: the one command that does is named", () => {
    // Our own checkout but for what was made before, so that the media server has to be compiled.
    const checkout = join(scratch, "checkout");
    cpSync(join(root, "bin"), join(checkout, "bin"), { recursive: true });
    for (const name of ["packages", "node_modules", "package.json", "package-lock.json"])
      symlinkSync(join(root, name), join(checkout, name));
    const { status, stderr } = refused({ PATH: pathWith("no-compiler", ["dirname", "node", "npm"]) }, { checkout });
    assert.equal(status, 1);
    assert.match(stderr, /g\+\+, git, make, python3 are missing/);
    assert.match(stderr, /sudo apt-get install -y --no-install-recommends g\+\+ git make python3 \[tools\.missing\]/);
    assert.ok(!existsSync(join(checkout, ".cache", "set-up.lock")), "the lock stayed behind");
  });
});

/** A PATH that leads to these programs only. */
function pathWith(name: string, programs: string[]): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  for (const program of programs) {
    const found = (process.env.PATH ?? "")
      .split(delimiter)
      .map((at) => join(at, program))
      .find(existsSync);
    assert.ok(found, program);
    symlinkSync(found, join(folder, program));
  }
  return folder;
}

test("--json is exactly one line, and it all ends by SIGTERM", async () => {
  const house = await startHouse({ port: 26_210 });
  try {
    for (const address of [house.ready.home, house.ready.gallery]) assert.equal((await fetch(address)).status, 200);
    assert.match(house.ready.office, /\/office\/setup#/);
    assert.equal(house.ready.meeting, null);
    assert.deepEqual(house.ready.members, []);
    assert.ok(!house.log().includes(house.ready.office.split("#")[1]!), "the set-up link is in the log");
  } finally {
    await house.close();
  }
});

test("no process of the house is given what it does not work with", async () => {
  const stray = { RAADHUIS_TEST_SECRET: "stray-1", SMTP_PASSWORD: "stray-2", AWS_SECRET_ACCESS_KEY: "stray-3" };
  const media = { TURN_URLS: "turn:192.0.2.1:3478", TURN_SECRET: "the-relays-own-secret" };
  const house = await startHouse({ port: 26_390, args: ["--demo", "--people", "0"], env: { ...stray, ...media } });
  try {
    // The demo's meeting begins in five minutes: its broadcast is on its way.
    await house.pidOf("egress");
    const children = (await house.processes()).filter(({ name }) => name !== "supervisor");
    const knows = (secret: string) =>
      children
        .filter(({ pid }) => readFileSync(`/proc/${pid}/environ`, "utf8").includes(secret))
        .map(({ name }) => name);
    assert.deepEqual([...new Set(children.map(({ name }) => name))].sort(), [
      "demo",
      "egress",
      "gallery",
      "server",
      "sfu",
    ]);
    assert.deepEqual(knows("stray-"), []);
    assert.deepEqual([...new Set(knows(media.TURN_SECRET))], ["sfu"]);
    assert.deepEqual(knows("RAADHUIS_ADMISSION_SECRET").sort(), knows("LIVEKIT_API_SECRET").sort());
    assert.deepEqual([...new Set(knows("LIVEKIT_API_SECRET"))].sort(), ["server", "sfu"]);
  } finally {
    await house.close();
  }
});

test("nothing outlives a supervisor that is killed with -9", async () => {
  const house = await startHouse({ port: 26_220, args: ["--demo", "--people", "0"] });
  try {
    const all = await house.processes();
    assert.ok(all.length >= 4, JSON.stringify(all));
    process.kill(await house.pidOf("supervisor"), "SIGKILL");
    await until("all to end", async () => (await house.processes()).length === 0, 10_000);
  } finally {
    await house.close();
  }
});

test("a signal during set-up ends the set-up", async () => {
  const checkout = join(scratch, "waiting");
  cpSync(join(root, "bin"), join(checkout, "bin"), { recursive: true });
  for (const name of ["packages", "node_modules", "package.json", "package-lock.json"])
    symlinkSync(join(root, name), join(checkout, name));
  mkdirSync(join(checkout, ".cache"));
  writeFileSync(join(checkout, ".cache", "set-up.lock"), String(process.pid)); // as if we were doing it
  const start = spawn(join(checkout, "bin", "start"), { stdio: ["ignore", "ignore", "pipe"] });
  const [said] = await once(start.stderr.setEncoding("utf8"), "data");
  assert.match(String(said), new RegExp(`process ${process.pid} is doing`));
  start.kill("SIGTERM");
  const [status, signal] = await once(start, "exit");
  assert.ok(status === 143 || signal === "SIGTERM", `${status} ${signal}`);
});
