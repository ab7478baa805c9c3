import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, suite, test } from "node:test";
import { WrongDoors } from "@raadhuis/protocol/door";
import { listen } from "./listen.ts";

const data = mkdtempSync(join(tmpdir(), "raadhuis-gallery-"));
const put = (file: string, text: string) => {
  mkdirSync(dirname(join(data, file)), { recursive: true });
  writeFileSync(join(data, file), text);
};
const PLAYLIST = "#EXTM3U\n";
put("raadhuis.db", "secret");
put("public-not/state.json", "secret");
put("public/index.json", "{}");
put("public/.hidden.json", "secret");
put("public/m/live.m3u8", PLAYLIST);
put("public/m/state.json", "{}");
put("public/m/live.m3u8.tmp", "secret");
put("public/m/0.m4s", "0123456789");
put("public/m/init-0.mp4", "init");
put("public/m/recording.mp4", "0123456789");
put("public/m/notes.db", "secret");
put("public/m/empty.json", "");
const PART = "parts/0123456789abcdef0123456789abcdef.json";
put(`public/m/${PART}`, "{}");
put("pages/index.html", "<!doctype html>");
put("pages/assets/index-Ab_1.js", "1");
symlinkSync(join(data, "raadhuis.db"), join(data, "public", "leak.json"));
symlinkSync(join(data, "public-not"), join(data, "public", "led"));
symlinkSync("m", join(data, "public", "same"));

const PORT = 26_150;
const HOST = `127.0.0.1:${PORT}`;
const errors: unknown[] = [];
const hosts: string[] = [];
const wrongDoors = new WrongDoors(({ came }) => hosts.push(came));
const server = await listen(
  { bind: "127.0.0.1", port: PORT, url: `http://${HOST}`, tls: { kind: "none" } },
  { released: join(data, "public"), pages: join(data, "pages"), url: `http://${HOST}`, wrongDoors },
  (error) => errors.push(error),
);
after(() => {
  server.close();
  server.closeAllConnections();
  rmSync(data, { recursive: true });
  assert.deepEqual(errors, []);
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Sends the path as it is: no client tidies it up. */
function ask(
  path: string,
  {
    method = "GET",
    headers = {},
    hosts = [HOST],
  }: { method?: string; headers?: Record<string, string>; hosts?: string[] } = {},
) {
  const named = "host" in headers ? [] : hosts.flatMap((host) => ["host", host]);
  return new Promise<Answer>((resolve, reject) => {
    request(
      { host: "127.0.0.1", port: PORT, path, method, headers: [...named, ...Object.entries(headers).flat()] },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      },
    )
      .on("error", reject)
      .end();
  });
}

suite("what is public is served", () => {
  for (const [path, type, cache] of [
    ["/", "text/html; charset=utf-8", /no-cache/],
    ["/meeting/u32zwmw9h5gbpeyy", "text/html; charset=utf-8", /no-cache/],
    ["/assets/index-Ab_1.js", "text/javascript; charset=utf-8", /immutable/],
    ["/public/index.json?t=1", "application/json; charset=utf-8", /no-cache/],
    ["/public/m/live.m3u8", "application/vnd.apple.mpegurl", /no-cache/],
    ["/public/m/0.m4s", "video/iso.segment", /immutable/],
    ["/public/m/init-0.mp4", "video/mp4", /immutable/],
    ["/public/m/recording.mp4", "video/mp4", /no-cache/],
    [`/public/m/${PART}`, "application/json; charset=utf-8", /immutable/],
    ["/public/m/state.json", "application/json; charset=utf-8", /no-cache/],
    ["/public/same/0.m4s", "video/iso.segment", /immutable/],
    ["/public/m/empty.json", "application/json; charset=utf-8", /no-cache/],
  ] as const)
    test(path, async () => {
      const { status, headers } = await ask(path);
      assert.equal(status, 200);
      assert.equal(headers["content-type"], type);
      assert.match(headers["cache-control"] ?? "", cache);
      assert.equal(headers["set-cookie"], undefined);
      assert.match(String(headers["content-security-policy"]), /default-src 'none'/);
      assert.equal(headers["x-content-type-options"], "nosniff");
    });
});

suite("nothing else is", () => {
  for (const path of [
    "/public/../raadhuis.db",
    "/public/../public-not/state.json",
    "/public/%2e%2e/raadhuis.db",
    "/public/..%2fraadhuis.db",
    "/public/m/..\\..\\raadhuis.db",
    "/public/m/%00/../../raadhuis.db",
    "//etc/passwd",
    "/../raadhuis.db",
    "/public//m/0.m4s",
    "/public/.hidden.json",
    "/public/m/live.m3u8.tmp",
    "/public/m/notes.db",
    "/public/leak.json",
    "/public/led/state.json",
    "/public/m",
    "/public/m/",
    "/public/",
    "/public",
    "/assets/",
    "/meeting/../raadhuis.db",
    "/meeting/a/b",
    "/raadhuis.db",
    `http://${HOST}/public/index.json`,
    `/public/${"a".repeat(3000)}.json`,
  ])
    test(path.slice(0, 60), async () => {
      const { status, text } = await ask(path);
      assert.equal(status, 404);
      assert.equal(JSON.parse(text).code, "request.not-found");
    });
});

test("a browser gets a page where nothing is, but none of what is public or of the host's", async () => {
  const headers = { accept: "text/html,*/*;q=0.8" };
  const { text: index } = await ask("/");
  for (const path of ["/meeting/u32zwmw9h5gbpeyy.", "/Meeting/X", "/%ff", "/nothing", "/../raadhuis.db"]) {
    const { status, text, headers: got } = await ask(path, { headers });
    assert.deepEqual([status, text, got["cache-control"]], [404, index, "no-store"], path);
  }
  assert.equal((await ask("/nothing", { headers, method: "HEAD" })).text, "");
  for (const path of ["/public/nothing.json", "/public/../raadhuis.db"])
    assert.equal(JSON.parse((await ask(path, { headers })).text).code, "request.not-found");
});

test("an unknown Host is refused, but whoever watches over the process may use any", async () => {
  const headers = { host: "evil.example" };
  assert.equal((await ask("/", { headers })).status, 421);
  assert.equal((await ask("/public/index.json", { headers: { host: "127.0.0.1" } })).status, 421);
  assert.equal((await ask(`http://evil.example/public/index.json`)).status, 400);
  assert.equal((await ask("/public/index.json", { hosts: [HOST, HOST] })).status, 400);
  assert.equal((await ask("/healthz", { hosts: [HOST, "evil.example"] })).status, 400);
  assert.equal((await ask("/healthz", { headers })).status, 200);
  assert.equal((await ask("/readyz", { headers })).status, 200);
});

test("without its pages the gallery is not ready, and says when to ask again", async () => {
  const [file, away] = ["index.html", "away.html"].map((name) => join(data, "pages", name)) as [string, string];
  renameSync(file, away);
  const { status, headers } = await ask("/readyz");
  renameSync(away, file);
  assert.deepEqual([status, headers["retry-after"]], [503, "5"]);
});

const navigation = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

test("a browser gets a page where there is nothing: of another host in words, of no address from the pages' router", async () => {
  for (const [language, words] of [
    ["nl", "Dit adres is niet"],
    ["en", "This is not the house"],
  ] as const) {
    const headers = { ...navigation, host: "127.0.0.1", "accept-language": language };
    const { status, text, headers: answered } = await ask("/meeting/abc", { headers });
    assert.deepEqual([status, answered["content-type"]], [421, "text/html; charset=utf-8"]);
    assert.ok(text.includes(words) && text.includes("RAADHUIS_GALLERY_URL"));
  }
  assert.equal(hosts.length, 1, "told once, then counted");
  for (const path of ["/nowhere", "/meeting/a/b", "/%ff"]) {
    const { status, text, headers } = await ask(path, { headers: navigation });
    assert.deepEqual([status, text, headers["cache-control"]], [404, "<!doctype html>", "no-store"], path);
    assert.match(String(headers["content-security-policy"]), /default-src 'none'/);
  }
  const { text } = await ask("/nowhere", { method: "HEAD", headers: navigation });
  assert.equal(text, "");
});

test("only GET and HEAD: the gallery only shows", async () => {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
    const { status, headers } = await ask("/public/index.json", { method });
    assert.equal(status, 405);
    assert.equal(headers.allow, "GET, HEAD");
  }
  const { status, text, headers } = await ask("/public/m/0.m4s", { method: "HEAD" });
  assert.deepEqual([status, text, headers["content-length"]], [200, "", "10"]);
});

test("a part of a recording can be had, and a part that is not there cannot", async () => {
  const part = await ask("/public/m/recording.mp4", { headers: { range: "bytes=2-4" } });
  assert.deepEqual([part.status, part.text, part.headers["content-range"]], [206, "234", "bytes 2-4/10"]);
  const none = await ask("/public/m/recording.mp4", { headers: { range: "bytes=10-" } });
  assert.deepEqual([none.status, none.headers["content-range"]], [416, "bytes */10"]);
  const old = await ask("/public/m/recording.mp4", { headers: { range: "bytes=2-4", "if-range": '"old"' } });
  assert.deepEqual([old.status, old.text], [200, "0123456789"]);
});

test("whoever has the newest version is told so, and gets the next one when there is one", async () => {
  const { headers } = await ask("/public/m/live.m3u8");
  const known = { headers: { "if-none-match": headers.etag ?? "" } };
  assert.equal((await ask("/public/m/live.m3u8", known)).status, 304);
  put("public/m/live.m3u8", `${PLAYLIST}#EXT-X-VERSION:7\n`);
  assert.equal((await ask("/public/m/live.m3u8", known)).status, 200);
});

test("text goes out packed to whoever can read it so, and sound and picture never", async () => {
  for (const [path, text] of [
    ["/assets/index-Ab_1.js", "1"],
    ["/public/m/live.m3u8", PLAYLIST],
    [`/public/m/${PART}`, "{}"],
  ] as const)
    for (const [accepts, packing] of [
      ["gzip, deflate, br, zstd", "br"],
      ["gzip;q=0.5, br;q=0", "gzip"],
      ["gzip", "gzip"],
      ["identity, brotli", null],
    ] as const) {
      put("public/m/live.m3u8", PLAYLIST);
      const headers = { "accept-encoding": accepts };
      const response = await fetch(`http://${HOST}${path}`, { headers });
      assert.equal(response.headers.get("content-encoding"), packing, `${path} for ${accepts}`);
      assert.equal(response.headers.get("vary"), "Accept-Encoding");
      assert.equal(await response.text(), text);
      const known = { headers: { ...headers, "if-none-match": response.headers.get("etag") ?? "" } };
      assert.equal((await ask(path, known)).status, 304);
    }
  const headers = { "accept-encoding": "br, gzip" };
  for (const path of ["/public/m/0.m4s", "/public/m/recording.mp4", "/public/m/empty.json"])
    assert.equal((await ask(path, { headers })).headers["content-encoding"], undefined);
  const range = await ask("/public/index.json", { headers: { ...headers, range: "bytes=0-0" } });
  assert.deepEqual([range.status, range.text, range.headers["content-encoding"]], [206, "{", undefined]);
});

test("a packed text is that of its newest version, also where both were asked for at once", async () => {
  const headers = { "accept-encoding": "br" };
  for (const number of Array(20).keys()) {
    const text = `{"number":${number}}`;
    put("public/m/state.json.part", text);
    renameSync(join(data, "public/m/state.json.part"), join(data, "public/m/state.json"));
    const asked = Array.from({ length: 3 }, async () =>
      (await fetch(`http://${HOST}/public/m/state.json`, { headers })).text(),
    );
    assert.deepEqual(await Promise.all(asked), [text, text, text]);
  }
});

test("what goes before an answer is less than a thousand bytes, also where nothing is new", async () => {
  const head = async (more: string) => {
    const socket = connect(PORT, "127.0.0.1");
    socket.write(`GET /public/index.json HTTP/1.1\r\nhost: ${HOST}\r\n${more}connection: close\r\n\r\n`);
    const [before = ""] = String(Buffer.concat(await socket.toArray())).split("\r\n\r\n");
    return before;
  };
  const first = await head("accept-encoding: br\r\n");
  const tag = /^etag: (.*)$/im.exec(first)?.[1];
  const second = await head(`if-none-match: ${tag}\r\n`);
  assert.match(second, /^HTTP\/1.1 304/);
  for (const text of [first, second]) assert.ok(text.length < 950, `${text.length} bytes`);
});

test("a connection with more requests at once than anybody asks is ended", async () => {
  const answersTo = async (count: number) => {
    const socket = connect(PORT, "127.0.0.1");
    socket.on("error", () => undefined);
    const one = (more = "") => `GET /public/index.json HTTP/1.1\r\nhost: ${HOST}\r\n${more}\r\n`;
    socket.write(one().repeat(count - 1) + one("connection: close\r\n"));
    const answer = await socket.toArray().catch(() => []);
    return String(Buffer.concat(answer)).split("HTTP/1.1 200").length - 1;
  };
  assert.equal(await answersTo(8), 8);
  assert.ok((await answersTo(100)) < 9);
});

test("what is no request, names no host or expects too much is answered with the headers of everything else", async () => {
  for (const [lines, expected] of [
    [["GET / HTTP/1.1", "x : y"], "400"],
    [["GET / HTTP/1.1", "connection: close"], "400"],
    [["GET / HTTP/1.1", `host: ${HOST}`, `x: ${"y".repeat(20_000)}`], "431"],
    [["GET /healthz HTTP/1.1", `host: ${HOST}`, "expect: the-unexpected", "connection: close"], "200"],
  ] as const) {
    const socket = connect(PORT, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    const answer = String(Buffer.concat(await socket.toArray()));
    assert.equal(answer.slice(9, 12), expected, lines.join());
    assert.match(answer.toLowerCase(), /content-security-policy: default-src 'none'/);
  }
});

test("a visitor who leaves in the middle harms nobody", async () => {
  put("public/m/9.m4s", "x".repeat(8_000_000));
  await new Promise<void>((resolve, reject) => {
    const leaving = request({ port: PORT, path: "/public/m/9.m4s", headers: { host: HOST } }, (response) => {
      response.once("data", () => leaving.destroy());
      response.once("close", resolve);
      response.on("error", () => {});
    });
    leaving.on("error", reject).end();
  });
  assert.equal((await ask("/public/index.json")).status, 200);
});
