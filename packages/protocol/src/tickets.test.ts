import assert from "node:assert/strict";
import { test } from "node:test";
import { isRefusedForTime, withoutTickets } from "./tickets.ts";

const ticket = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.${"-a_".repeat(14)}-`;
const early = `invalid token: ${ticket}, error: token has invalid claims: token is not valid yet`;

test("what a media server says of a ticket's time is known in the words of either", () => {
  for (const words of ["ticket.expired", "ticket.clock", early, "token has invalid claims: token is expired"])
    assert.ok(isRefusedForTime(words), words);
  for (const words of ["ticket.revoked", "ticket.invalid", "invalid API key: k", "permissions denied"])
    assert.ok(!isRefusedForTime(words), words);
});

test("a ticket that is repeated is left out, and nothing else", () => {
  assert.equal(
    withoutTickets(early),
    "invalid token: [ticket], error: token has invalid claims: token is not valid yet",
  );
  assert.equal(withoutTickets(`Bearer ${ticket}`), "Bearer [ticket]");
  const harmless = "connect ECONNREFUSED 127.0.0.1:8082 (livekit.example.org)";
  assert.equal(withoutTickets(harmless), harmless);
});
