import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { houseFor, testSettings } from "../testing/house.ts";
import { NotUpgraded, Visitor } from "../testing/visitor.ts";

const PORT = 24030;

const pagesFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-pages-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Raadhuis</title>");
  writeFileSync(join(folder, "assets", "page-abc123.js"), "export {};");
  return folder;
};

/** fetch sets Host itself; this asks with the one given. */
const statusWithHost = (port: number, host: string, path = "/api/house"): Promise<number | undefined> =>
  new Promise((resolve, reject) =>
    request({ host: "localhost", port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end(),
  );

test("the door lets in what comes to this house by its name, from its own pages, in a reasonable size", async (t) => {
  const house = await houseFor(t, testSettings(PORT), { pages: pagesFolder() });
  const visitor = new Visitor(house.url);

  await t.test("an unknown Host header is refused, but for the probes", async () => {
    assert.equal(await statusWithHost(PORT, `localhost:${PORT}`), 200);
    assert.equal(await statusWithHost(PORT, "evil.example"), 421);
    assert.equal(await statusWithHost(PORT, `127.0.0.1:${PORT}`), 421);
    assert.equal(await statusWithHost(PORT, "localhost"), 421);
    assert.equal(await statusWithHost(PORT, "10.0.0.1", "/healthz"), 200);
    assert.equal(await statusWithHost(PORT, "10.0.0.1", "/readyz"), 200);
  });

  await t.test("a change needs the exact origin; without one it is refused too", async () => {
    const body = { email: "a@b.example", password: "x" };
    for (const origin of ["http://evil.example", `http://127.0.0.1:${PORT}`, `http://localhost:${PORT + 1}`, "null"]) {
      const answer = await visitor.post("/api/office/sign-in", body, { origin });
      assert.equal(answer.status, 403);
      assert.equal((answer.body as { code: string }).code, "request.wrong-origin");
    }
    const bare = await fetch(`${house.url}/api/office/sign-in`, { method: "POST", body: "{}" });
    assert.equal(bare.status, 403);
  });

  await t.test("an address that cannot be decoded is answered with a code, and not repeated", async () => {
    const answer = await visitor.get("/m/%ff");
    assert.equal(answer.status, 400);
    assert.equal((answer.body as { code: string }).code, "request.malformed");
    assert.ok(!JSON.stringify(answer.body).includes("ff"));
  });

  await t.test("a socket needs the exact origin", async () => {
    for (const origin of ["", "http://evil.example"])
      for (const path of ["/api/seats/abcdefgh/socket", "/rtc/v1", "/nowhere"])
        await assert.rejects(
          visitor.open(path, { origin }),
          (error) => error instanceof NotUpgraded && [403, 404].includes(error.status),
        );
  });

  await t.test("a socket where there is none is refused", async () => {
    await assert.rejects(visitor.open("/healthz"), (error) => error instanceof NotUpgraded && error.status === 404);
  });

  await t.test("more than 64 kB is refused with a code", async () => {
    const { status, body } = await visitor.post("/api/seats/redeem", { meeting: "a", secret: "x".repeat(70_000) });
    assert.equal(status, 413);
    assert.equal((body as { code: string }).code, "request.too-large");
  });

  await t.test("what is no JSON, or another shape, is refused with a code", async () => {
    for (const wrong of ["{", { meeting: 1 }, { meeting: "abcdefgh", secret: "x", more: true }, []]) {
      const { status, body } = await visitor.post("/api/seats/redeem", wrong);
      assert.equal(status, 400);
      assert.equal((body as { code: string }).code, "request.malformed");
    }
    const noJson = await visitor.post("/api/seats/redeem", "a=b", {
      "content-type": "application/x-www-form-urlencoded",
    });
    assert.deepEqual([noJson.status, (noJson.body as { code: string }).code], [400, "request.malformed"]);
  });

  await t.test("an address that is none has a code", async () => {
    const { status, body } = await visitor.get("/api/nothing?secret=1");
    assert.deepEqual([status, (body as { code: string }).code], [404, "request.not-found"]);
    assert.equal((await visitor.get("/../../etc/passwd")).status, 404);
    assert.equal((await visitor.get("/twirp/livekit.RoomService/ListRooms")).status, 404);
  });

  await t.test("a personal link answers 200 to anyone, is kept nowhere and tells no other site", async () => {
    const page = await visitor.get("/m/abcdefgh23456789");
    assert.equal(page.status, 200);
    assert.match(String(page.body), /Raadhuis/);
    assert.equal(page.headers.get("cache-control"), "no-store");
    assert.equal(page.headers.get("referrer-policy"), "no-referrer");
    assert.equal(page.headers.getSetCookie().length, 0);
    const policy = page.headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /connect-src 'self'(;|$)/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    assert.match(page.headers.get("permissions-policy") ?? "", /camera=\(self\).*display-capture=\(self\)/);
    for (const path of ["/", "/office", "/office/meetings/x"]) assert.equal((await visitor.get(path)).status, 200);
  });

  await t.test("built files may be kept for good", async () => {
    const asset = await visitor.get("/assets/page-abc123.js");
    assert.equal(asset.status, 200);
    assert.match(asset.headers.get("cache-control") ?? "", /immutable/);
  });
});
