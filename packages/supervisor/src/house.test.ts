import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { settingsOf } from "@raadhuis/protocol/settings";
import pino from "pino";
import { House, type Standing } from "./house.ts";

/** Real processes, with small programs in place of the house's own. Each writes to `diary` what happens to it. */
const root = mkdtempSync(join(tmpdir(), "raadhuis-supervisor-"));
const diary = join(root, "diary");
const put = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
/** `first`: before it is ready, as whoever hears so may do something to it at once. */
const life = (name: string, more = "", first = "") => `
  import { appendFileSync } from "node:fs";
  const note = (what) => appendFileSync(${JSON.stringify(diary)}, "${name} " + what + "\\n");
  process.on("disconnect", () => process.exit(0));
  if (process.env.RAADHUIS_SPARE) {
    note("waits " + process.pid);
    await new Promise((begin) => process.once("message", begin));
  }
  ${first}
  note("starts " + process.pid);
  process.send({ type: "ready", port: 1${name === "server" ? ', setUpLink: "http://localhost/office/setup#x"' : ""}${name === "sfu" ? ', addresses: ["192.0.2.1"]' : ""}${name === "egress" ? ', secret: "of " + process.pid' : ""} });
  ${more}
  process.on("message", (m) => m.type === "ping" && process.send({ type: "pong" }));`;
const read = settingsOf({ RAADHUIS_DATA: join(root, "data"), LIVEKIT_API_KEY: "key", LIVEKIT_API_SECRET: "secret" });
assert.ok("settings" in read);
const { settings } = read;

let house: House | null = null;
const output = openSync(join(root, "output"), "a");

function open(more: Partial<ConstructorParameters<typeof House>[0]> = {}): Promise<Standing> {
  return new Promise((resolve) => {
    house = new House({
      root,
      settings,
      env: { PATH: process.env.PATH, DIARY: diary },
      demo: null,
      log: pino(pino.destination(output)),
      logFolder: root,
      onReady: resolve,
      onHopeless: () => {},
      ...more,
    });
  });
}

const entries = () => readFileSync(diary, "utf8").trim().split("\n");
const pidsOf = (name: string) =>
  entries().flatMap((line) => (line.startsWith(`${name} starts `) ? [Number(line.split(" ")[2])] : []));
async function until<T>(what: string, find: () => T | undefined | false): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end; await setTimeout(20)) {
    const found = find();
    if (found) return found;
  }
  throw new Error(`waited in vain for ${what}:\n${readFileSync(diary, "utf8")}`);
}
const runs = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

beforeEach(async () => {
  await house?.stop();
  house = null;
  writeFileSync(diary, "");
  put("package.json", '{"type":"module"}');
  put("packages/server/src/main.ts", life("server"));
  put("packages/sfu/src/main.ts", life("sfu"));
  // The gallery may write no diary: it runs under Node's permission model.
  put(
    "packages/gallery/dist/main.mjs",
    'process.on("disconnect", () => process.exit(0)); process.on("message", () => process.send({ type: "pong" })); process.send({ type: "ready", port: 2 });',
  );
});
after(async () => {
  await house?.stop();
  rmSync(root, { recursive: true });
});

test("says where the house stands when every part answers", async () => {
  assert.deepEqual(await open(), { setUpLink: "http://localhost/office/setup#x", media: ["192.0.2.1"], demo: null });
});

test("what dies is started again, and other parts live on", async () => {
  await open();
  const [sfu] = pidsOf("sfu");
  process.kill(sfu!, "SIGKILL");
  await until("another sfu", () => pidsOf("sfu")[1]);
  assert.equal(pidsOf("server").length, 1);
});

test("a spare media server waits, takes over when the first dies, and ends with the house", async () => {
  await open();
  const waiting = () =>
    entries().flatMap((line) => (line.startsWith("sfu waits ") ? [Number(line.split(" ")[2])] : []));
  const [spare] = await until("a spare", () => waiting().length === 1 && waiting());
  process.kill(pidsOf("sfu")[0]!, "SIGKILL");
  assert.equal(await until("the spare to begin", () => pidsOf("sfu")[1]), spare);
  const [, next] = await until("another spare", () => waiting().length === 2 && waiting());
  process.kill(next!, "SIGKILL");
  await until("it to be gone", () => !runs(next!));
  process.kill(spare!, "SIGKILL");
  await until("one from nothing", () => pidsOf("sfu")[2]);
  const [, , last] = await until("its spare", () => waiting().length === 3 && waiting());
  await house?.stop();
  assert.equal(runs(last!), false);
});

test("an egress is started once for each meeting, told to the server, also to one started anew, and done at exit 0", async () => {
  put(
    "packages/server/src/main.ts",
    life(
      "server",
      `process.on("message", (m) => m.type === "ping" || note("hears " + m.type + " " + m.meeting));
       process.send({ type: "egress.want", meeting: "one" });
       process.send({ type: "egress.want", meeting: "one" });`,
    ),
  );
  put(
    "packages/egress/src/main.ts",
    life("egress", 'note("for " + process.env.RAADHUIS_MEETING);', 'process.on("SIGUSR2", () => process.exit(0));'),
  );
  await open();
  await until("the server to hear", () => entries().includes("server hears egress.ready one"));
  process.kill(pidsOf("server")[0]!, "SIGKILL");
  await until(
    "the new server to hear",
    () => entries().filter((line) => line === "server hears egress.ready one").length === 2,
  );
  assert.equal(pidsOf("egress").length, 1);
  process.kill(pidsOf("egress")[0]!, "SIGUSR2");
  await until("the server to hear", () => entries().includes("server hears egress.gone one"));
  await setTimeout(500); // long enough for a wrong restart
  assert.equal(pidsOf("egress").length, 1);
});

test("each part has the secrets it works with, and no others", async () => {
  const secrets = {
    LIVEKIT_API_KEY: "key",
    LIVEKIT_API_SECRET: "media-secret",
    RAADHUIS_ADMISSION_SECRET: "admission",
    TURN_URLS: "turn:relay.example",
    TURN_SECRET: "relay",
  };
  const has = `note(["LIVEKIT_API_SECRET", "RAADHUIS_ADMISSION_SECRET", "TURN_SECRET"].map((name) => process.env[name]).join());`;
  put("packages/server/src/main.ts", life("server", `${has} process.send({ type: "egress.want", meeting: "one" });`));
  put("packages/sfu/src/main.ts", life("sfu", has));
  put("packages/egress/src/main.ts", life("egress", has));
  put("packages/demo/src/main.ts", life("demo", has));
  void open({ demo: { people: 1 }, env: { PATH: process.env.PATH, ...secrets } });
  const told = () => entries().filter((line) => line !== "" && !/ (starts|waits) /.test(line));
  await until("every part", () => told().length >= 4);
  assert.deepEqual(told().sort(), [
    "demo ,,",
    "egress ,,",
    "server media-secret,admission,",
    "sfu media-secret,admission,relay",
  ]);
});

test("an egress that dies is started again, and the server is told the secret of each start with its port", async () => {
  const hear = `process.on("message", (m) => m.type === "ping" || note("hears " + m.type + " " + m.port + " " + m.secret));`;
  put("packages/server/src/main.ts", life("server", `${hear} process.send({ type: "egress.want", meeting: "one" });`));
  put("packages/egress/src/main.ts", life("egress"));
  await open();
  const first = await until("an egress", () => pidsOf("egress")[0]);
  await until("the server to hear", () => entries().includes(`server hears egress.ready 1 of ${first}`));
  process.kill(first, "SIGKILL");
  const second = await until("another egress", () => pidsOf("egress")[1]);
  await until("the server to hear", () => entries().includes(`server hears egress.ready 1 of ${second}`));
  assert.deepEqual(
    entries().filter((line) => line.startsWith("server hears")),
    [
      `server hears egress.ready 1 of ${first}`,
      "server hears egress.gone undefined undefined",
      `server hears egress.ready 1 of ${second}`,
    ],
  );
});

test("the demo begins when the house answers, with its people and the set-up link", async () => {
  put(
    "packages/demo/src/main.ts",
    life(
      "demo",
      `note(process.env.RAADHUIS_DEMO_PEOPLE + " " + process.env.RAADHUIS_DEMO_SETUP_LINK);
       process.send({ type: "demo", links: { meeting: "m", office: "o", chair: "c", clerk: "k", members: [], citizen: "s", all: [] } });`,
    ),
  );
  const standing = await open({ demo: { people: 2 } });
  assert.equal(standing.demo?.meeting, "m");
  assert.ok(entries().includes("demo 2 http://localhost/office/setup#x"));
});

test("a part that can never start is told, and not tried again", async () => {
  put(
    "packages/server/src/main.ts",
    life("server").replace(
      /process\.send.*/,
      'process.send({ type: "failed", code: "x.y", message: "No.", final: true }, () => process.exit(1));',
    ),
  );
  const told = await new Promise((resolve) => {
    void open({ onHopeless: (part, failure) => resolve([part, failure.code, failure.message]) });
  });
  assert.deepEqual(told, ["server", "x.y", "No."]);
  await setTimeout(500);
  assert.equal(pidsOf("server").length, 1);
});

test("several media processes have a front, which is told of them, and one spare for all", async () => {
  const more = `note(process.pid + " is " + process.env.RAADHUIS_PART);
    process.on("message", ({ type, carriers }) => type === "carriers" && note("told " + carriers.map(({ number }) => number)));`;
  put("packages/sfu/src/main.ts", life("sfu", more).replace("port: 1", "port: 1, control: 2"));
  const standing = await open({ settings: { ...settings, sfu: { ...settings.sfu, processes: 2 } } });
  assert.deepEqual(standing.media, ["192.0.2.1"]);
  const pidOf = (part: string) =>
    Number(
      entries()
        .find((line) => line.endsWith(` is ${part}`))
        ?.split(" ")[1],
    );
  for (const part of ["front", "1", "2"]) await until(part, () => pidOf(part));
  await until("the front to know both", () => entries().includes("sfu told 1,2"));
  const spares = () => entries().filter((line) => line.startsWith("sfu waits "));
  await until("a spare", () => spares()[0]);
  assert.equal(spares().length, 1);
  const known = entries().indexOf("sfu told 1,2");
  process.kill(pidOf("2"), "SIGKILL");
  await until("the front to hear that it is gone", () => entries().includes("sfu told 1", known));
  const spare = Number(spares()[0]?.split(" ")[2]);
  await until("the spare in its place", () => pidsOf("sfu").includes(spare));
  await until("another spare", () => spares()[1]);
});

test("all of it ends, also what does not listen to SIGTERM", { timeout: 120_000 }, async () => {
  put(
    "packages/sfu/src/main.ts",
    life("sfu", "setInterval(() => {}, 1000);", 'process.on("SIGTERM", () => note("does not care"));'),
  );
  await open();
  await house?.stop();
  assert.ok(entries().includes("sfu does not care"));
  assert.deepEqual([...pidsOf("server"), ...pidsOf("sfu")].filter(runs), []);
});

test("what a child says out of its part is heard with suspicion: no other part may want an egress", async () => {
  put(
    "packages/sfu/src/main.ts",
    life("sfu", 'process.send({ type: "egress.want", meeting: "one" }); process.send("nonsense");'),
  );
  put("packages/egress/src/main.ts", life("egress"));
  await open();
  await setTimeout(500);
  assert.deepEqual(pidsOf("egress"), []);
});
