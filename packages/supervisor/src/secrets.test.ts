import assert from "node:assert/strict";
import { test } from "node:test";
import { galleryEnv } from "./gallery.ts";
import { envOfDemo, envOfEgress, envOfServer, envOfSfu } from "./secrets.ts";

test("only the media server knows where webhooks go and how they are signed", () => {
  const env = { PORT: "1", RAADHUIS_WEBHOOKS: "https://a.example", RAADHUIS_WEBHOOK_SECRET: "s" };
  assert.equal(envOfSfu(env).RAADHUIS_WEBHOOK_SECRET, "s");
  for (const part of [envOfServer, envOfEgress, envOfDemo, galleryEnv]) {
    assert.equal(part(env).PORT, "1");
    const names = Object.keys({ ...part(env), ...part({ ...env, LIVEKIT_URL: "ws://b.example" }) });
    assert.deepEqual(
      names.filter((name) => name.includes("WEBHOOK")),
      [],
    );
  }
});
