import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { houseFor, testSettings } from "../testing/house.ts";
import { NotUpgraded } from "../testing/line.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24030;

const pagesFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-pages-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Raadhuis</title>");
  writeFileSync(join(folder, "assets", "page-abc123.js"), "export {};");
  return folder;
};

const upgrade = [
  "connection: Upgrade",
  "upgrade: websocket",
  "sec-websocket-version: 13",
  "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==",
];

/** As a browser asks that goes to an address; fetch sets Host itself. */
const navigate = (port: number, host: string, path: string, language = "nl") =>
  new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; text: string }>((resolve, reject) =>
    request(
      { host: "localhost", port, path, headers: { host, accept: "text/html,*/*;q=0.8", "accept-language": language } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
      },
    )
      .on("error", reject)
      .end(),
  );

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

/** Sends these lines as they are, and gives the whole answer once the connection is closed. */
const raw = (port: number, ...lines: string[]): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host: "localhost", port }, () => socket.write(`${lines.join("\r\n")}\r\n\r\n`));
    let answer = "";
    socket.on("data", (part) => {
      answer += part;
    });
    // The rest of what is too long is not taken.
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer));
  });

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

  await t.test("a request names this house once, in one way", async () => {
    const own = `host: localhost:${PORT}`;
    const once = "connection: close";
    const statusOf = async (...lines: string[]) => (await raw(PORT, ...lines)).slice(9, 12);
    assert.equal(await statusOf("GET /api/house HTTP/1.1", own, once), "200");
    assert.equal(await statusOf(`GET http://localhost:${PORT}/api/house HTTP/1.1`, own, once), "200");
    assert.equal(await statusOf("GET /api/house HTTP/1.1", own, "expect: the-unexpected", once), "200");
    assert.equal(await statusOf("GET /api/house HTTP/1.1", own, own, once), "400");
    assert.equal(await statusOf("GET /api/house HTTP/1.1", own, "host: evil.example", once), "400");
    assert.equal(await statusOf("GET /healthz HTTP/1.1", "host: a.example", "host: b.example", once), "400");
    assert.equal(await statusOf("GET /api/house HTTP/1.1", once), "400");
    assert.equal(await statusOf("GET http://evil.example/api/house HTTP/1.1", own, once), "400");
    assert.equal(await statusOf("GET http://evil.example/api/house HTTP/1.1", "host: evil.example", once), "421");
  });

  await t.test("whatever is answered, and by whom, it has the headers that keep a browser in its place", async () => {
    const own = `host: localhost:${PORT}`;
    const once = "connection: close";
    const answers = {
      200: ["GET / HTTP/1.1", own, once],
      400: ["GET /m/%ff HTTP/1.1", own, once],
      "400, two hosts": ["GET / HTTP/1.1", own, own, once],
      "400, not HTTP": ["GET / HTTP/1.1", "no header", own],
      403: ["POST /api/office/sign-in HTTP/1.1", own, "content-length: 0", once],
      404: ["GET /api/nothing HTTP/1.1", own, once],
      421: ["GET / HTTP/1.1", "host: evil.example", once],
      "401, a socket": ["GET /api/seats/abcdefgh/socket HTTP/1.1", own, `origin: http://localhost:${PORT}`, ...upgrade],
      431: ["GET / HTTP/1.1", own, `x-long: ${"x".repeat(200_000)}`],
    };
    for (const [expected, lines] of Object.entries(answers)) {
      const answer = await raw(PORT, ...lines);
      assert.equal(answer.slice(9, 12), expected.slice(0, 3));
      const head = answer.split("\r\n\r\n", 1)[0]?.toLowerCase() ?? "";
      for (const header of [
        "content-security-policy: default-src 'none';",
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
        "permissions-policy: camera=(self)",
        "cross-origin-resource-policy: same-origin",
      ])
        assert.ok(head.includes(header), `${expected} lacks ${header}: ${head}`);
    }
  });

  await t.test("a browser that comes by another host name gets a page in words, that names the setting", async () => {
    for (const [language, words] of [
      ["nl-NL,nl", "Dit adres is niet het adres van het huis"],
      ["en-GB", "This is not the house's address"],
    ] as const) {
      const { status, headers, text } = await navigate(PORT, "localhost", "/m/abcdefgh", language);
      assert.equal(status, 421);
      assert.match(headers["content-type"] ?? "", /^text\/html/);
      assert.match(String(headers["content-security-policy"]), /default-src 'none'/);
      assert.ok(text.includes(words) && text.includes("RAADHUIS_URL"), text);
      assert.ok(!text.includes(`localhost:${PORT}`));
    }
  });

  await t.test(
    "an address that leads nowhere gives the pages, as not found; to scripts and under /api a code",
    async () => {
      const host = `localhost:${PORT}`;
      for (const path of ["/nowhere", "/assets/none.js", "/office.html"]) {
        const { status, headers, text } = await navigate(PORT, host, path);
        assert.equal(status, 404, path);
        assert.match(text, /<title>Raadhuis/);
        assert.match(String(headers["content-security-policy"]), /default-src 'none'/);
        assert.equal(headers["cache-control"], "no-store");
      }
      for (const path of ["/api/nowhere", "/rtc/nowhere"])
        assert.equal(JSON.parse((await navigate(PORT, host, path)).text).code, "request.not-found", path);
      const { status, body } = await visitor.get("/nowhere");
      assert.deepEqual([status, (body as { code: string }).code], [404, "request.not-found"]);
    },
  );

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

  await t.test("a browser gets a page at a mangled address, with the status of what is wrong", async () => {
    const accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    for (const [path, status] of [
      ["/m/%ff", 400],
      ["/m/abcdefgh%", 400],
      ["/m/abcdefgh%23secret", 200],
      ["/M/ABCDEFGH", 404],
      ["/office.", 404],
      ["/nothing", 404],
    ] as const) {
      const page = await visitor.get(path, { accept });
      assert.deepEqual([page.status, String(page.body).includes("<title>Raadhuis")], [status, true], path);
      assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'/);
      assert.equal(page.headers.get("cache-control"), "no-store");
    }
    for (const path of ["/api/nothing", "/rtc/nothing"])
      assert.equal(typeof (await visitor.get(path, { accept })).body, "object", path);
  });

  await t.test("a host name is the same in any case", async () => {
    assert.equal(await statusWithHost(PORT, `LocalHost:${PORT}`), 200);
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
