import assert from "node:assert/strict";
import { once } from "node:events";
import { get } from "node:http";
import { after, before, describe, it } from "node:test";
import { type ServerUnderTest, serverUnderTest } from "../../contract/kit/server.ts";
import { endSynthetics, Synthetic } from "../../contract/kit/synthetic.ts";
import { until } from "../../contract/kit/wait.ts";

const room = "a <room> & more";

describe("what is shown to those at this machine", { timeout: 300_000 }, () => {
  let server: ServerUnderTest;
  const anna = new Synthetic();
  const bert = new Synthetic();

  before(async () => {
    server = await serverUnderTest();
    await anna.join(server.url, await server.ticket("anna", { room }, { name: "</title><script>alert(1)</script>" }));
    await bert.join(server.url, await server.ticket("bert", { room }));
    await anna.sing(440);
    await bert.hears("anna/2", 440);
  });
  after(async () => {
    await Promise.all([anna.leave(), bert.leave()]);
    await endSynthetics();
    await server.stop();
  });

  const asked = async (path: string, headers: Record<string, string> = {}) => {
    const request = get(`${server.http}${path}`, { headers });
    const [response] = await once(request, "response");
    let body = "";
    for await (const chunk of response) body += chunk;
    return { status: response.statusCode, headers: response.headers, body };
  };
  const value = async (sample: string) => {
    const { body } = await asked("/metrics");
    const line = body.split("\n").find((text) => text.startsWith(`${sample} `));
    return Number(line?.slice(sample.length + 1) ?? Number.NaN);
  };

  it("metrics count rooms, people, tracks and packets, and name nobody", async () => {
    const { headers, body } = await asked("/metrics");
    assert.equal(headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    for (const line of body.trimEnd().split("\n"))
      assert.match(line, /^# (HELP|TYPE) [a-z_]+ .+$|^[a-z_]+(\{([a-z]+="[a-z]+",?)+\})? [0-9.e+-]+$/);
    for (const name of [room, "anna", "bert", "script"]) assert.ok(!body.includes(name));
    assert.equal(await value("raadhuis_sfu_rooms"), 1);
    assert.equal(await value("raadhuis_sfu_participants"), 2);
    assert.equal(await value('raadhuis_sfu_tracks_published{kind="audio"}'), 1);
    assert.equal(await value('raadhuis_sfu_tracks_subscribed{kind="audio"}'), 1);
    for (const way of ["in", "out"]) {
      const sample = `raadhuis_sfu_packets_total{way="${way}",kind="audio"}`;
      const first = await until("packets", () => value(sample));
      await until("more packets", async () => (await value(sample)) > first);
    }
    assert.ok((await value("raadhuis_sfu_cpu_microseconds_per_packet")) > 0);
  });

  it("what tracks carried stays counted when they have ended", async () => {
    const carla = new Synthetic();
    await carla.join(server.url, await server.ticket("carla", { room }));
    await carla.hears("anna/2", 440);
    const sample = 'raadhuis_sfu_packets_total{way="out",kind="audio"}';
    const before = await value(sample);
    await carla.leave();
    await until("carla is gone", async () => (await value("raadhuis_sfu_participants")) === 2);
    assert.ok((await value(sample)) >= before);
  });

  it("a room's page draws who sends what to whom, and holds no text of others as code", async () => {
    const { body: list } = await asked("/debug/rooms");
    assert.ok(list.includes("a &lt;room&gt; &amp; more"));
    const path = /href="(\/debug\/rooms\/[^"]+)"/.exec(list)?.[1] ?? "";
    const { status, headers, body } = await asked(path);
    assert.equal(status, 200);
    assert.match(headers["content-security-policy"] ?? "", /^default-src 'none'/);
    assert.ok(body.includes("&lt;/title&gt;&lt;script&gt;"));
    assert.ok(!/<script/i.test(body));
    assert.equal(body.match(/<path /g)?.length, 1);
    assert.match(body, /kbit\/s/);
    for (const nowhere of ["/debug/rooms/nowhere", "/debug/rooms/%", "/debug", "/debug/rooms/a/b"])
      assert.equal((await asked(nowhere)).status, 404);
  });

  it("nobody else is shown anything", async () => {
    for (const path of ["/metrics", "/debug/rooms", `/debug/rooms/${encodeURIComponent(room)}`]) {
      assert.equal((await asked(path, { host: "rebound.example" })).status, 421);
      for (const headers of [
        { "x-forwarded-for": "192.0.2.1" },
        { forwarded: "for=192.0.2.1" },
        { via: "1.1 proxy" },
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site" },
      ])
        assert.equal((await asked(path, headers)).status, 403);
    }
  });
});
