import assert from "node:assert/strict";
import { test } from "node:test";
import { settingsOf } from "./settings.ts";

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
