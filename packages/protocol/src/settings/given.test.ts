import assert from "node:assert/strict";
import { test } from "node:test";
import { environmentFor, type Process } from "./given.ts";
import { settingsOf } from "./settings.ts";

const processes: Process[] = ["server", "gallery", "sfu", "egress", "demo"];
const whole = {
  PATH: "/bin",
  PORT: "9000",
  RAADHUIS_LOCALE: "en",
  RAADHUIS_TLS: "proxy",
  RAADHUIS_PROXIES: "127.0.0.1",
  RAADHUIS_URL: "https://raad.example",
  RAADHUIS_GALLERY_URL: "https://publiek.example",
  RAADHUIS_DELAY: "20",
  TURN_URLS: "turn:relay.example:3478",
  TURN_SECRET: "relays-secret-of-sixteen",
  RAADHUIS_WEBHOOKS: "https://hook.example",
  RAADHUIS_WEBHOOK_SECRET: "webhooks-secret-of-thirty-two-letters",
  DATABASE_URL: "postgres://house:of-the-database@database.example/raadhuis",
  LIVEKIT_API_KEY: "key",
  LIVEKIT_API_SECRET: "media-secret",
  RAADHUIS_ADMISSION_SECRET: "admission-secret",
};
const holders = (secret: string, env: Record<string, string>) =>
  processes.filter((process) => Object.values(environmentFor(process, env)).includes(secret));

test("each secret is known to those that work with it, and to nobody else", () => {
  assert.deepEqual(holders(whole.TURN_SECRET, whole), ["sfu"]);
  assert.deepEqual(holders(whole.RAADHUIS_WEBHOOK_SECRET, whole), ["sfu"]);
  assert.deepEqual(holders(whole.LIVEKIT_API_SECRET, whole), ["server", "sfu"]);
  assert.deepEqual(holders(whole.DATABASE_URL, whole), ["server"]);
  assert.deepEqual(holders(whole.RAADHUIS_ADMISSION_SECRET, whole), ["server", "sfu"]);
});

test("what nobody works with is given to nobody", () => {
  const env = { ...whole, SMTP_URL: "smtp://a:b@mail", RAADHUIS_SMTP_PASSWORD: "p", AWS_SECRET_ACCESS_KEY: "s" };
  for (const process of processes) assert.deepEqual(environmentFor(process, env), environmentFor(process, whole));
});

test("what a process is given makes settings that are whole, as its part sees them", () => {
  const cluster = { ...whole, LIVEKIT_URL: "wss://media.example", RAADHUIS_WEBHOOKS: "", RAADHUIS_WEBHOOK_SECRET: "" };
  for (const env of [{ PATH: "/bin" }, whole, cluster])
    for (const process of processes) {
      const read = settingsOf(environmentFor(process, env));
      assert.ok("settings" in read, `${process}: ${JSON.stringify(read)}`);
      const all = settingsOf(env);
      assert.ok("settings" in all);
      assert.deepEqual([read.settings.chamber, read.settings.gallery], [all.settings.chamber, all.settings.gallery]);
    }
});
