import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { request } from "./request.ts";

const refused = (status: number, headers: Record<string, string>) => async () =>
  Response.json({ code: "request.too-many", message: "" }, { status, headers });

test("a failure tells for how many seconds to wait, where the house says so", async (t) => {
  for (const [headers, wait] of [
    [{ "retry-after": "90" }, 90],
    [{ "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }, null],
    [{}, null],
  ] as const) {
    t.mock.method(globalThis, "fetch", refused(429, headers));
    assert.deepEqual(await request("GET", "/api/house", z.unknown()), { ok: false, code: "request.too-many", wait });
  }
});
