import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { settingsOf } from "@raadhuis/protocol";
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
