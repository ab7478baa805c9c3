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
