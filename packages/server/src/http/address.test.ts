import assert from "node:assert/strict";
import { test } from "node:test";
import Fastify from "fastify";
import { keepAddress } from "./address.ts";

test("behind a proxy nobody is known by words that are no address", async () => {
  const app = Fastify({ trustProxy: ["127.0.0.1", "10.0.0.0/8"] });
  keepAddress(app);
  app.get("/", async ({ ip }) => ip);
  const ipOf = async (forwarded?: string) =>
    (await app.inject({ url: "/", headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded } })).body;
  assert.equal(await ipOf(), "127.0.0.1");
  assert.equal(await ipOf("203.0.113.7"), "203.0.113.7");
  assert.equal(await ipOf("203.0.113.7:4711"), "203.0.113.7:4711");
  assert.equal(await ipOf("[2001:db8::1]:4711"), "[2001:db8::1]:4711");
  assert.equal(await ipOf("the mayor, 203.0.113.7"), "203.0.113.7");
  // Whoever is in a network that is trusted writes what they like in front of their own address.
  assert.equal(await ipOf("the mayor, 10.0.0.9"), "10.0.0.9");
  assert.equal(await ipOf("z".repeat(10_000)), "127.0.0.1");
});
