import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { readRecord, verify } from "@raadhuis/meeting";
import { FromChild } from "@raadhuis/protocol/children";
import { openStore } from "./store/store.ts";
import { CLERK, KEYS, planMeeting, setUp } from "./testing/house.ts";
import { Visitor } from "./testing/visitor.ts";

const PORT = 24080;
const file = fileURLToPath(new URL("main.ts", import.meta.url));

interface Started {
  child: ChildProcess;
  said: FromChild[];
  /** NDJSON so far. */
  log(): string;
  next(type: FromChild["type"]): Promise<FromChild>;
}

function start(t: TestContext, port: number, data: string, environment: Record<string, string> = {}): Started {
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    RAADHUIS_DATA: data,
    RAADHUIS_LOG: "debug",
    ...KEYS,
    ...environment,
  };
  const child = fork(file, { env, stdio: ["ignore", "ignore", "pipe", "ipc"] });
  t.after(() => child.kill("SIGKILL"));
  let text = "";
  child.stderr?.on("data", (part) => {
    text += part;
  });
  const said: FromChild[] = [];
  child.on("message", (message) => said.push(FromChild.parse(message)));
  const next = async (type: FromChild["type"]): Promise<FromChild> => {
    for (;;) {
      const found = said.find((message) => message.type === type);
      if (found) return found;
      await Promise.race([
        once(child, "message"),
        once(child, "exit").then(() => Promise.reject(new Error(`It ended: ${text}`))),
      ]);
    }
  };
  return { child, said, log: () => text, next };
}

function folder(t: TestContext): string {
  const data = mkdtempSync(join(tmpdir(), "raadhuis-main-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

async function ready(started: Started) {
  const message = await started.next("ready");
  if (message.type !== "ready") throw new Error("unreachable");
  return message;
}

test("killed without warning, it has every event it had told of, the chain holds, and no command is doubled", async (t) => {
  const data = folder(t);
  const first = start(t, PORT, data);
  const { setUpLink } = await ready(first);
  const url = `http://localhost:${PORT}`;
  const clerk = await setUp({ url, setUpLink });
  const { meeting, links } = await planMeeting(clerk);
  const visitor = new Visitor(url);
  const chair = await visitor.sit(links[0]!.link);
  await chair.welcome();
  let told = 0;
  const add = async (n: number) => {
    const id = `command-${n}`;
    const answer = await chair.command({ type: "addItem", item: `eeeeeeee${100 + n}`, title: `Punt ${n}` }, { id });
    if (answer.type === "done") told++;
  };
  for (let n = 0; n < 30; n++) {
    if (n === 20) first.child.kill("SIGKILL");
    await Promise.race([add(n), chair.closed]);
  }
  assert.ok(told >= 20);

  const second = start(t, PORT, data);
  assert.equal((await ready(second)).setUpLink, undefined);
  const back = await visitor.open(`/api/seats/${links[0]!.seat}/socket`);
  const state = await back.welcome();
  assert.ok(state.agenda.filter(({ title }) => title?.startsWith("Punt ")).length >= told);
  // The page repeats what it has no answer to, and for certain one that was done.
  for (const n of [0, 19, 20, 21, 22]) {
    const answer = await back.command(
      { type: "addItem", item: `eeeeeeee${100 + n}`, title: `Punt ${n}` },
      { id: `command-${n}` },
    );
    assert.equal(answer.type, "done");
  }
  await back.close();
  const ended = once(second.child, "exit");
  second.child.kill("SIGTERM");
  await ended;

  const store = await openStore({ file: join(data, "raadhuis.db") });
  t.after(() => store.close());
  const record = await store.record.events(state.id);
  assert.equal(verify(record, { meeting: state.id }).ok, true);
  const items = readRecord(record)!.events.flatMap((event) =>
    event.type === "item.added" ? [event.structure.item] : [],
  );
  assert.equal(new Set(items).size, items.length);
  assert.equal(meeting, state.id);
});

test("its logs hold ids and codes, and never a name, a link, a secret or a ticket", async (t) => {
  const data = folder(t);
  const started = start(t, PORT + 1, data);
  const { setUpLink } = await ready(started);
  const url = `http://localhost:${PORT + 1}`;
  const clerk = await setUp({ url, setUpLink });
  const { meeting, links } = await planMeeting(clerk);
  const visitor = new Visitor(url);
  const chair = await visitor.sit(links[0]!.link);
  await chair.welcome();
  const ticket = await chair.ticket();
  await visitor.get(`/rtc/validate?access_token=${ticket.token}`);
  await visitor.open(`/rtc/v1?access_token=${ticket.token}`).catch(() => undefined);
  await visitor.open(`/nowhere?access_token=${ticket.token}`).catch(() => undefined);
  await visitor.get(`/m/${meeting}?secret=${new URL(links[1]!.link).hash.slice(1)}`);
  await visitor.post("/api/seats/redeem", { meeting, secret: "wrong-secret-of-somebody" });
  await visitor.post("/api/office/sign-in", { email: CLERK.email, password: "wrong-password-of-somebody" });
  await chair.command({ type: "assignSeat", seat: "ffffffff", role: "member", name: "Eva Nieuw", party: null });
  await chair.command({ type: "openMeeting" });
  await chair.close();
  const ended = once(started.child, "exit");
  started.child.kill("SIGTERM");
  await ended;
  const log = started.log();
  for (const line of log.trim().split("\n")) assert.equal(JSON.parse(line).process, "server", line);
  assert.match(log, new RegExp(`"meeting":"${meeting}"`));
  const secrets = [
    ...links.flatMap(({ link, name }) => [new URL(link).hash.slice(1), name ?? "-"]),
    new URL(setUpLink!).hash.slice(1),
    ticket.token,
    "wrong-secret-of-somebody",
    "wrong-password-of-somebody",
    CLERK.email,
    CLERK.password,
    "Eva Nieuw",
    "Raadsvergadering",
    visitor.cookies(`/api/seats/${links[0]!.seat}`).split("=")[1]!,
    clerk.cookies("/api/office").split("=")[1]!,
    KEYS.LIVEKIT_API_SECRET,
  ];
  for (const secret of secrets) assert.ok(!log.includes(secret), `the log holds ${secret}`);
  // Nor does the store hold what opens anything.
  const stored = ["raadhuis.db", "raadhuis.db-wal"].map((name) => {
    try {
      return readFileSync(join(data, name), "latin1");
    } catch {
      return "";
    }
  });
  const opening = [...links.map(({ link }) => new URL(link).hash.slice(1)), ...secrets.slice(-3), CLERK.password];
  for (const secret of opening) assert.ok(!stored.join("").includes(secret));
});

test("a port in use is told with its code, and not tried again", async (t) => {
  const squatter = createServer().listen(PORT + 2, "localhost");
  await once(squatter, "listening");
  t.after(() => squatter.close());
  const started = start(t, PORT + 2, folder(t));
  const message = await started.next("failed");
  assert.deepEqual(message.type === "failed" && [message.code, message.final], ["port.in-use", true]);
  assert.equal((await once(started.child, "exit"))[0], 1);
});

test("settings that cannot be are told with their code", async (t) => {
  const started = start(t, PORT + 3, folder(t), { RAADHUIS_BIND: "0.0.0.0" });
  const message = await started.next("failed");
  assert.deepEqual(message.type === "failed" && [message.code, message.final], ["settings.needs-tls", true]);
  await once(started.child, "exit");
});

test("it ends by itself when whoever started it is gone, though pages are open", async (t) => {
  const started = start(t, PORT + 4, folder(t));
  const { setUpLink } = await ready(started);
  const clerk = await setUp({ url: `http://localhost:${PORT + 4}`, setUpLink });
  const { meeting } = await planMeeting(clerk);
  const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  await office.welcome();
  const began = Date.now();
  const ended = once(started.child, "exit");
  started.child.disconnect();
  assert.equal((await ended)[0], 0);
  assert.equal(await office.closed, 1001);
  t.diagnostic(`ended after ${Date.now() - began} ms`);
});
