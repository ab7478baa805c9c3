import assert from "node:assert/strict";
import { test } from "node:test";
import { Hub } from "../meetings/hub.ts";
import { ground, waitFor } from "../testing/alone.ts";
import { sessionsPart } from "./part.ts";

test("by itself it ends sessions whose time is over", async (t) => {
  const alone = await ground(t, 24325);
  const { store, open } = alone;
  const noted: string[] = [];
  const { part } = sessionsPart({
    ...{ ...alone, hub: new Hub(), sessionCheckMs: 10 },
    media: { endOfSeat: () => undefined, endOfSessions: () => undefined },
    trail: { note: ({ kind, clerk }) => void noted.push(`${kind} ${clerk}`) },
  });
  const clerk = { id: "clerk123", name: "Kim", email: "griffie@voorbeeld.example", password: "-" };
  await store.house.setUp({ name: "Voorbeeld", zone: "Europe/Amsterdam", demo: false }, clerk, Date.now());
  await store.access.addClerkSession({ hash: "over", now: Date.now(), expiresAt: Date.now() - 1 }, clerk.id);
  await open(part);
  await waitFor(() => noted.length > 0);
  assert.deepEqual(noted, ["office.session-ended clerk123"]);
});
