import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Browsing, startBrowsing } from "./kit/browser.ts";
import {
  chromiumOn,
  joinMachines,
  Machine,
  needsRoot,
  needsStreamModule,
  removeFolder,
  removeForgotten,
  startRelay,
  startSharedPort,
} from "./kit/networks.ts";
import type { Person } from "./kit/person.ts";
import { own, type ServerUnderTest, serverUnderTest } from "./kit/server.ts";
import { endSynthetics, Synthetic } from "./kit/synthetic.ts";
import { TurnClient } from "./kit/turnClient.ts";
import { until } from "./kit/wait.ts";

const secret = "the secret of the relay";
/** Of this run: another one on the same machine has others. Not 77, which is the sink's (tests/lib/sink.ts). */
const net = `10.${78 + (process.pid % 150)}`;
const net6 = `fd78:${process.pid.toString(16).slice(-4)}`;
const ours = `${net}.2.2`;
const green = [0, 200, 0] as const;

const chamber = `
  const { createServer } = require("node:http");
  const names = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded"];
  createServer({ maxHeaderSize: 200_000 }, ({ headers, url }, response) => {
    const forwarded = names.map((name) => headers[name] ?? null);
    response.end(JSON.stringify({ forwarded, host: headers.host, length: url.length }));
  }).listen(8080, "127.0.0.1", () => console.log("listening"));
`;

/** Asks the shared port for this name, with an address as long as an offer makes it, and with lies about who asks. */
const visitorOf = (name: string): string => `
  import { get } from "node:https";
  const headers = { host: "${name}", "x-forwarded-for": "192.0.2.9", forwarded: "for=192.0.2.9", "x-forwarded-host": "a.example" };
  const path = "/" + "a".repeat(99_999);
  const where = { host: "${net}.1.1", port: 443, servername: "${name}", path, headers };
  get({ ...where, rejectUnauthorized: false }, (response) => response.pipe(process.stdout));
`;

/**
 *   desk  --- net.1.0/24, net6:1::/64 ---  relay  --- net.2.0/24 ---  here, the media server
 *   desk6 --- net6:6::/64 only          ---    |
 *   other --- net.3.0/24              ---    '  (forwards nothing)
 *   walker === net.5.0/24, net.7.0/24 === here
 */
describe("through real networks", {
  timeout: 600_000,
  ...own("LiveKit is told of relays and addresses by settings of its own"),
  ...(needsRoot ? { skip: needsRoot } : {}),
}, () => {
  const machines: Machine[] = [];
  const folders: string[] = [];
  const id = process.pid;
  let relay: Machine;
  let server: ServerUnderTest | null = null;
  let resident: Synthetic | null = null;
  let browsing: Browsing | null = null;

  const machine = (name: string): Machine => {
    const made = new Machine(`raadhuis-${id}-${name}`);
    machines.push(made);
    return made;
  };
  /** Names of devices are at most 15 letters. */
  const link = (one: Machine | null, ours: string[], other: Machine | null, theirs: string[], name: string) =>
    joinMachines(
      { machine: one, device: `${id}${name}0`, addresses: ours },
      { machine: other, device: `${id}${name}1`, addresses: theirs },
    );

  before(async () => {
    removeForgotten();
    relay = machine("relay");
    link(relay, [`${net}.2.1/24`], null, [`${ours}/24`], "h");
    link(relay, [`${net}.1.1/24`, `${net6}:1::1/64`], machine("desk"), [`${net}.1.2/24`, `${net6}:1::2/64`], "d");
    link(relay, [`${net6}:6::1/64`], machine("desk6"), [`${net6}:6::2/64`], "s");
    link(relay, [`${net}.3.1/24`], machine("other"), [`${net}.3.2/24`], "o");
    const folder = await startRelay(relay, {
      "listening-ip": ["127.0.0.1", `${net}.1.1`, `${net}.2.1`, `${net6}:6::1`],
      "relay-ip": [`${net}.2.1`],
      "tls-listening-port": ["5349"],
      "static-auth-secret": [secret],
      "allowed-peer-ip": [ours],
      // Nobody listens for UDP, and nothing is forwarded: a network where UDP gets nowhere.
      "no-udp": [""],
      "no-dtls": [""],
    });
    folders.push(folder);
  });
  after(async () => {
    await end();
    await endSynthetics();
    for (const one of machines) one.stop();
    for (const folder of folders) removeFolder(folder);
  });

  const end = async () => {
    await browsing?.stop();
    await resident?.leave();
    await server?.stop();
    browsing = resident = server = null;
  };

  /** Somebody here, and a browser on that machine that sees them. */
  const call = async (there: Machine, urls: string[], flags: string[] = []): Promise<Person> => {
    await end();
    server = await serverUnderTest({
      RAADHUIS_PUBLIC_IP: [ours, `${net}.5.1`, `${net}.7.1`].join(),
      ...(urls.length > 0 ? { TURN_URLS: urls.join(), TURN_SECRET: secret } : {}),
    });
    resident = new Synthetic();
    await resident.join(server.url, await server.ticket("here", { room: "net" }));
    await resident.show(130, 60, 60);
    const folder = mkdtempSync(join(tmpdir(), "raadhuis-desk-"));
    folders.push(folder);
    browsing = await startBrowsing("livekit-client", { executablePath: chromiumOn(there, folder), flags });
    await there.reaches(browsing.port);
    await there.reaches(Number(new URL(server.url).port));
    const person = await browsing.open();
    const comeIn = async (at: ServerUnderTest) => person.join(at.url, await at.ticket("there", { room: "net" }));
    // The client waits 15 s for media, which is not long for a relay's handshakes on a busy machine.
    const at = server;
    await comeIn(at).catch(() => comeIn(at));
    await moves(person);
    await person.call("publishColour", `rgb(${green.join()})`);
    await until("the one there is seen here", () => (resident?.pictures.get("there/1")?.frames ?? 0) > 3);
    return person;
  };
  const moves = (person: Person) => person.moves("here/camera");
  const named = (name: string) => machines.find((one) => one.name.endsWith(`-${name}`)) as Machine;

  it("who has no UDP takes part by the relay over TCP", async () => {
    const person = await call(named("desk"), [`turn:${net}.1.1:3478?transport=tcp`]);
    assert.equal((await person.call<{ relayed: string }>("transport")).relayed, "tcp");
  });

  it("and over TLS", async () => {
    const person = await call(named("desk"), [`turns:${net}.1.1:5349?transport=tcp`], ["--ignore-certificate-errors"]);
    assert.equal((await person.call<{ relayed: string }>("transport")).relayed, "tls");
  });

  it("and over TLS on a port 443 that it shares with the chamber, which still sees where everybody is", {
    ...(needsStreamModule ? { skip: needsStreamModule } : {}),
  }, async () => {
    folders.push(await startSharedPort(relay));
    // In place of the chamber: answers with what it is told of who asks, and of what.
    await relay.startProgram(process.execPath, ["-e", chamber], /listening/);
    const desk = named("desk");
    const asked = JSON.parse(await desk.run(visitorOf("chamber.example")));
    assert.deepEqual(asked, {
      forwarded: [`${net}.1.2`, "chamber.example", "https", null],
      host: "chamber.example",
      length: 100_000,
    });
    await assert.rejects(desk.run(visitorOf("other.example")), /alert|handshake/i);

    const flags = ["--ignore-certificate-errors", `--host-resolver-rules=MAP relay.example ${net}.1.1`];
    const person = await call(desk, ["turns:relay.example:443?transport=tcp"], flags);
    assert.equal((await person.call<{ relayed: string }>("transport")).relayed, "tls");
  });

  it("who has IPv6 only takes part by the relay", async () => {
    const person = await call(named("desk6"), [`turn:[${net6}:6::1]:3478?transport=tcp`]);
    assert.equal((await person.call<{ relayed: string }>("transport")).relayed, "tcp");
  });

  it("the relay leads to the media server and to nowhere else, and its credentials lapse", async () => {
    const login = (end: number): [string, string] => {
      const username = `${Math.floor(Date.now() / 1000) + end}:PA_1`;
      return [username, createHmac("sha1", secret).update(username).digest("base64")];
    };
    const clients: TurnClient[] = [];
    const client = () => {
      clients.push(new TurnClient(`${net}.2.1`, 3478));
      return clients.at(-1) as TurnClient;
    };
    const [username] = login(300);
    assert.equal(await client().allocate(...login(-1)), 401);
    assert.equal(await client().allocate(username, "guessed"), 401);
    const seat = client();
    assert.equal(await seat.allocate(...login(300)), null);
    assert.equal(await seat.permission(ours), null);
    for (const elsewhere of [`${net}.3.2`, `${net}.1.2`, `${net}.2.1`, "127.0.0.1", "169.254.169.254", "8.8.8.8"])
      assert.equal(await seat.permission(elsewhere), 403, elsewhere);

    // A call outlives the credentials by which it began.
    let soon = login(2);
    let early = client();
    await until("it begins in time", async () => {
      soon = login(2);
      early = client();
      return (await early.allocate(...soon)) === null;
    });
    await until("the credentials have lapsed", async () => (await client().allocate(...soon)) === 401);
    assert.equal(await early.permission(ours), null);
    for (const one of clients) one.stop();
  });

  it("who changes networks in mid-call stays in it", async () => {
    const walker = machine("walker");
    link(walker, [`${net}.5.2/24`], null, [`${net}.5.1/24`], "w");
    link(walker, [`${net}.7.2/24`], null, [`${net}.7.1/24`], "x");
    walker.link(`${id}x0`, "down");
    const person = await call(walker, []);
    const sid = await person.call<string>("sid");
    walker.link(`${id}w0`, "down");
    walker.link(`${id}x0`, "up");
    await until(
      "a way by the other network",
      async () => (await person.call<{ remote: string }>("transport")).remote === `${net}.7.1`,
      120_000,
    );
    await moves(person);
    assert.equal(await person.call<string>("sid"), sid);
    const frames = resident?.pictures.get("there/1")?.frames ?? 0;
    await until("they are seen here", () => (resident?.pictures.get("there/1")?.frames ?? 0) > frames + 5);
  });
});
