import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { settingsOf } from "@raadhuis/protocol/settings";
import { portProblems } from "./ports.ts";

/** Below the range from which the system gives out ports by itself. */
const PORT = 26_100;

function settings(more: Record<string, string> = {}) {
  const read = settingsOf({ PORT: String(PORT), LIVEKIT_API_KEY: "key", LIVEKIT_API_SECRET: "secret", ...more });
  assert.ok("settings" in read);
  return read.settings;
}

test("free ports are no problem", async () => assert.deepEqual(await portProblems(settings()), []));

for (const [offset, setting] of [
  [0, "PORT"],
  [1, "GALLERY_PORT"],
  [2, "PORT + 2"],
] as const)
  test(`TCP port PORT + ${offset} in use is said, with its setting`, async () => {
    const other = createServer().listen(PORT + offset, offset === 0 ? "localhost" : "127.0.0.1");
    await once(other, "listening");
    const problems = await portProblems(settings());
    other.close();
    assert.equal(problems.length, 1);
    assert.equal(problems[0]?.code, "port.in-use");
    assert.ok(problems[0]?.message.includes(`${PORT + offset}`) && problems[0].message.includes(setting));
  });

test("a UDP port in use is said too, but not where media is elsewhere", async () => {
  const other = createSocket("udp4").bind(PORT + 2, "0.0.0.0");
  await once(other, "listening");
  const own = await portProblems(settings());
  const cluster = await portProblems(settings({ LIVEKIT_URL: "wss://media.example" }));
  other.close();
  assert.deepEqual(
    own.map(({ code }) => code),
    ["port.in-use"],
  );
  assert.match(own[0]?.message ?? "", /UDP.*RAADHUIS_UDP_PORTS/);
  assert.deepEqual(cluster, []);
});

test("parts of the house that would take each other's port are told, whether the port is free or not", async () => {
  const told = async (more: Record<string, string>) => {
    const [problem, ...others] = await portProblems(settings(more));
    assert.deepEqual(others, []);
    return problem && `${problem.code} ${problem.message}`;
  };
  assert.match((await told({ GALLERY_PORT: String(PORT) })) ?? "", /^port\.twice TCP port 26100.*PORT.*GALLERY_PORT/);
  assert.match(
    (await told({ GALLERY_PORT: String(PORT + 2) })) ?? "",
    /^port\.twice TCP port 26102.*GALLERY_PORT.*PORT \+ 2/,
  );
  const cluster = { LIVEKIT_URL: "wss://media.example" };
  assert.equal(await told({ GALLERY_PORT: String(PORT + 2), ...cluster }), undefined);
  // Two addresses of one machine have each a port of this number.
  const tls = {
    RAADHUIS_TLS: "proxy",
    RAADHUIS_PROXIES: "127.0.0.1",
    RAADHUIS_URL: "https://a.example",
    RAADHUIS_GALLERY_URL: "https://b.example",
  };
  const two = { RAADHUIS_BIND: "127.0.0.2", RAADHUIS_GALLERY_BIND: "127.0.0.3", GALLERY_PORT: String(PORT), ...tls };
  assert.equal(await told(two), undefined);
  assert.match((await told({ ...two, RAADHUIS_BIND: "0.0.0.0" })) ?? "", /^port\.twice/);
});
