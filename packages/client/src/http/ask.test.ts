import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@raadhuis/protocol/http";
import { type ApiRequest, askBy } from "./ask.ts";
import { clientOf } from "./client.ts";

/** A house that answers everything by this, and what it was asked. */
function houseOf(answer: () => Response) {
  const asked: ApiRequest[] = [];
  const client = clientOf(
    askBy(async (request) => {
      asked.push(request);
      return answer();
    }),
  );
  return { asked, client };
}

const refused = (status: number, headers: Record<string, string>) => () =>
  Response.json({ code: "request.too-many", message: "" }, { status, headers });

test("a failure tells for how many seconds to wait, where the house says so", async () => {
  for (const [headers, wait] of [
    [{ "retry-after": "90" }, 90],
    [{ "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }, null],
    [{}, null],
  ] as const)
    assert.deepEqual(await houseOf(refused(429, headers)).client.house.get(), {
      ok: false,
      code: "request.too-many",
      wait,
    });
});

test("what is asked goes where the table says, with what stands in the address and behind it", async () => {
  const { asked, client } = houseOf(() => new Response(null, { status: 204 }));
  const body = { name: "Bob", party: null, role: "member" as const };
  await client.people.change({ params: { person: "a/../b" }, body });
  await client.trail.page({ query: { page: 2, failed: "true" } });
  await client.office.signOut();
  assert.deepEqual(
    asked.map(({ method, path, body }) => [method, path, body]),
    [
      ["PUT", "/api/office/people/a%2F..%2Fb", JSON.stringify(body)],
      ["GET", "/api/office/trail?page=2&failed=true", undefined],
      ["POST", "/api/office/sign-out", undefined],
    ],
  );
});

test("nothing that is asked leads to another address than the table has", async () => {
  const { asked, client } = houseOf(() => new Response(null, { status: 204 }));
  for (const person of ["", ".", ".."])
    assert.deepEqual(await client.people.remove({ params: { person } }), { ok: false, code: "house.failed" });
  assert.deepEqual(asked, []);
});

test("an answer is parsed, and one of another shape is of another version", async () => {
  const known = { body: "Raad", zone: "Europe/Amsterdam", gallery: "https://gallery.example", demo: false };
  const { client } = houseOf(() => Response.json({ ...known, news: 1 }));
  assert.deepEqual(await client.house.get(), { ok: true, value: known });
  const other = houseOf(() => Response.json({ ...known, body: 7 }));
  assert.deepEqual(await other.client.house.get(), { ok: false, code: "page.outdated" });
});

test("where nothing comes back, or nonsense, the house has failed", async () => {
  const failed = { ok: false, code: "house.failed" };
  assert.deepEqual(await houseOf(() => new Response("<html>")).client.house.get(), failed);
  const gone = askBy(async () => {
    throw new TypeError("fetch failed");
  });
  assert.deepEqual(await gone(routes.house.get, {}), failed);
});
