import assert from "node:assert/strict";
import { test } from "node:test";
import { iceServersFor } from "./turn.ts";

test("credentials are as coturn computes them from the shared secret, and name their end and no person", () => {
  const relays = { urls: ["turn:relay.example:3478", "turns:relay.example:443"], secret: "north" };
  const [server, ...more] = iceServersFor(relays, "PA_1", 1_000_000_500);
  assert.deepEqual(more, []);
  assert.deepEqual(server?.urls, relays.urls);
  assert.equal(server?.username, "1000300:PA_1");
  // printf 1000300:PA_1 | openssl dgst -sha1 -hmac north -binary | base64
  assert.equal(server?.credential, "ymakdWngygWeR3hljAblsAPAIiY=");
});

test("without a relay none is told", () => assert.deepEqual(iceServersFor(null, "PA_1"), []));
