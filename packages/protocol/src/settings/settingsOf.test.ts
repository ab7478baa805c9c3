import assert from "node:assert/strict";
import { test } from "node:test";
import { settingsOf } from "./settings.ts";

test("a relay is told by its addresses and its secret together", () => {
  const problemsOf = (environment: Record<string, string>) => {
    const read = settingsOf(environment);
    return "problems" in read ? read.problems.map(({ code, variable }) => [code, variable]) : read.settings.turn;
  };
  const TURN_SECRET = "sixteen letters!";
  const TURN_URLS = "turn:relay.example:3478, turns:[2001:db8::1]:443?transport=tcp";
  assert.deepEqual(problemsOf({ TURN_URLS, TURN_SECRET }), {
    urls: ["turn:relay.example:3478", "turns:[2001:db8::1]:443?transport=tcp"],
    secret: TURN_SECRET,
  });
  assert.deepEqual(problemsOf({ TURN_URLS }), [["settings.incomplete", "TURN_SECRET"]]);
  assert.deepEqual(problemsOf({ TURN_SECRET }), [["settings.incomplete", "TURN_URLS"]]);
  assert.deepEqual(problemsOf({ TURN_URLS: "relay.example", TURN_SECRET }), [["settings.invalid", "TURN_URLS"]]);
  assert.equal(problemsOf({}), null);
});

test("with TLS the addresses people type are https, or cookies would travel unguarded", () => {
  const environment = {
    RAADHUIS_TLS: "proxy",
    RAADHUIS_PROXIES: "127.0.0.1",
    RAADHUIS_URL: "http://raad.example",
    RAADHUIS_GALLERY_URL: "https://kijk.example",
  };
  const read = settingsOf(environment);
  assert.ok("problems" in read);
  assert.deepEqual(
    read.problems.map(({ code, variable }) => [code, variable]),
    [["settings.invalid", "RAADHUIS_URL"]],
  );
  assert.ok("settings" in settingsOf({ ...environment, RAADHUIS_URL: "https://raad.example" }));
});

test("webhooks go out only signed, to addresses of HTTP, and from the embedded media server", () => {
  const problemOf = (environment: Record<string, string>) => {
    const read = settingsOf(environment);
    return "problems" in read ? read.problems[0]?.variable : null;
  };
  const secret = "a secret of at least thirty-two characters";
  const good = { RAADHUIS_WEBHOOKS: "https://a.example/x, http://127.0.0.1:9", RAADHUIS_WEBHOOK_SECRET: secret };
  const read = settingsOf(good);
  assert.ok("settings" in read);
  assert.deepEqual(read.settings.webhooks, {
    urls: ["https://a.example/x", "http://127.0.0.1:9"],
    key: "raadhuis",
    secret,
  });
  assert.equal(problemOf({ ...good, RAADHUIS_WEBHOOK_SECRET: "" }), "RAADHUIS_WEBHOOK_SECRET");
  assert.equal(problemOf({ ...good, RAADHUIS_WEBHOOK_SECRET: "short" }), "RAADHUIS_WEBHOOK_SECRET");
  for (const wrong of ["file:///etc/passwd", "https://a:b@a.example", "a.example"])
    assert.equal(problemOf({ ...good, RAADHUIS_WEBHOOKS: wrong }), "RAADHUIS_WEBHOOKS");
  const cluster = { LIVEKIT_URL: "ws://a.example", LIVEKIT_API_KEY: "k", LIVEKIT_API_SECRET: "a secret" };
  assert.equal(problemOf({ ...good, ...cluster }), "RAADHUIS_WEBHOOKS");
  const none = settingsOf({});
  assert.ok("settings" in none && none.settings.webhooks === null);
});
