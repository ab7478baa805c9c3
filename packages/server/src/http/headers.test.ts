import assert from "node:assert/strict";
import { test } from "node:test";
import Fastify from "fastify";
import { addSecurityHeaders, securityHeaders } from "./headers.ts";

test("no answer of the API or of the way to media is kept by anybody on its way, however its address is written", async () => {
  const app = Fastify();
  addSecurityHeaders(app, securityHeaders({ secure: false }));
  app.get("/api/office/people", async () => []);
  app.get("/page", async () => "");
  const kept = async (url: string) => (await app.inject({ url })).headers["cache-control"];
  for (const url of [
    "/api/office/people",
    "/%61pi/office/people",
    "/api/%6fffice/people",
    "/api/nothing",
    "/rtc?access_token=x",
    "/rtc/v1/validate",
  ])
    assert.equal(await kept(url), "no-store", url);
  assert.equal(await kept("/page"), undefined);
});
