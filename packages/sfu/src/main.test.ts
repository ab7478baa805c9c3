import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { FromChild } from "@raadhuis/protocol/children";
import { freePort } from "../contract/kit/server.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const start = (environment: Record<string, string>, log: "ignore" | "pipe" = "ignore"): ChildProcess =>
  spawn(process.execPath, [main], {
    env: { ...process.env, LIVEKIT_API_KEY: "k", LIVEKIT_API_SECRET: "a long enough secret", ...environment },
    stdio: ["ignore", "inherit", log, "ipc"],
  });
const said = async (child: ChildProcess) => FromChild.parse((await once(child, "message"))[0]);
const portsAt = (port: number) => ({ PORT: String(port - 2), RAADHUIS_UDP_PORTS: String(port) });

describe("the media server as a process", { timeout: 180_000 }, () => {
  it("says that it is ready and where, answers for its health, and ends with whoever started it", async () => {
    const port = await freePort();
    const child = start({ ...portsAt(port), RAADHUIS_PUBLIC_IP: "203.0.113.9" });
    assert.deepEqual(await said(child), { type: "ready", port, addresses: ["203.0.113.9"] });
    for (const path of ["/healthz", "/readyz"])
      assert.equal((await fetch(`http://127.0.0.1:${port}${path}`)).status, 200);
    for (const path of ["/healthz", "/rtc/validate", "/twirp/livekit.RoomService/ListRooms"]) {
      const asked = get({ port, host: "127.0.0.1", path, headers: { host: "rebound.example" } });
      const [answer] = await once(asked, "response");
      assert.equal(answer.statusCode, 421);
      answer.resume();
    }
    const ended = once(child, "exit");
    child.disconnect();
    assert.deepEqual(await ended, [0, null]);
  });

  it("waits as a spare with its engine loaded and no port, and is ready when it is told to begin", async () => {
    const port = await freePort();
    const child = start({ ...portsAt(port), RAADHUIS_SPARE: "1", RAADHUIS_LOG: "info" }, "pipe");
    const ended = once(child, "exit");
    try {
      assert.ok(child.stderr);
      for await (const line of createInterface(child.stderr)) if (line.includes('"spare waits"')) break;
      assert.match(readFileSync(`/proc/${child.pid}/maps`, "utf8"), /medooze[^\n]*\.node/);
      await assert.rejects(fetch(`http://127.0.0.1:${port}/healthz`));
      child.send({ type: "begin" });
      const ready = await said(child);
      assert.ok(ready.type === "ready" && ready.port === port);
      assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200);
    } finally {
      child.disconnect();
      await ended;
    }
  });

  it("ends at SIGTERM", async () => {
    const child = start(portsAt(await freePort()));
    await said(child);
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    assert.deepEqual(await ended, [0, null]);
  });

  it("says which port is in use, of TCP and of UDP", async () => {
    const tcp = createServer().listen(0, "127.0.0.1");
    await once(tcp, "listening");
    const address = tcp.address();
    const taken = address && typeof address === "object" ? address.port : 0;
    const first = await said(start(portsAt(taken)));
    assert.ok(first.type === "failed" && first.code === "port.in-use" && first.message.includes(String(taken)));
    tcp.close();

    const udp = createSocket("udp4").bind(0);
    await once(udp, "listening");
    const child = start({ ...portsAt(await freePort()), RAADHUIS_UDP_PORTS: String(udp.address().port) });
    const ended = once(child, "exit");
    const second = await said(child);
    assert.ok(second.type === "failed" && second.code === "port.in-use" && second.final);
    assert.deepEqual(await ended, [1, null]);
    udp.close();
  });

  it("does not start without a key", async () => {
    const failed = await said(start({ LIVEKIT_API_KEY: "" }));
    assert.ok(failed.type === "failed" && failed.code === "settings.incomplete");
  });
});
