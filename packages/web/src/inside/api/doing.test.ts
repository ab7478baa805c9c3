import assert from "node:assert/strict";
import { test } from "node:test";
import type { Result } from "@raadhuis/client";
import { PersonBody } from "@raadhuis/protocol/http";
import { createMemoryRouter } from "react-router";
import { z } from "zod";
import { doing } from "./doing.ts";
import { unlessSessionIsOver } from "./loaded.ts";

const bob = { name: "Bob", party: null, role: "member" } as const;

/** As a page sends it. */
const asked = (wanted: unknown, number = 1) => ({
  request: new Request("https://chamber.example/office", { method: "POST", body: JSON.stringify({ number, wanted }) }),
});

test("an action does what is wanted, and tells whoever asked for it, and nobody else", async () => {
  const action = doing(z.object({ person: PersonBody }), async ({ person }) => ({ ok: true, value: person.name }));
  const heard: [number, Result<string>][] = [];
  for (const number of [1, 2]) action.waiting.set(number, (answer) => heard.push([number, answer]));
  assert.deepEqual(await action(asked({ person: bob }, 2)), { ok: true, value: "Bob" });
  assert.deepEqual(heard, [[2, { ok: true, value: "Bob" }]]);
});

test("what cannot be is refused at its place, and not done", async () => {
  const places: [z.ZodType, unknown, object | undefined][] = [
    [z.object({ person: PersonBody }), { person: { ...bob, name: "" } }, { field: "person.name" }],
    [
      z.object({ people: z.array(PersonBody) }),
      { people: [bob, { ...bob, role: "king" }] },
      { field: "people", line: 2 },
    ],
    [z.string(), 7, undefined],
  ];
  for (const [shape, wanted, at] of places) {
    const action = doing(shape, () => assert.fail("done"));
    const refused = { ok: false, code: "request.malformed", ...(at ? { at } : {}) };
    assert.deepEqual(await action(asked(wanted)), refused);
  }
});

/** A page that counts how often its loader is asked; what is done on it is answered by this. */
function page(answer: Result<null>) {
  let loads = 0;
  const router = createMemoryRouter([
    {
      id: "page",
      path: "/",
      loader: () => {
        loads += 1;
        return { ok: true, value: loads };
      },
      action: doing(z.string(), async () => answer),
      shouldRevalidate: unlessSessionIsOver,
    },
  ]);
  return {
    loads: () => loads,
    begun: () =>
      router.state.initialized ||
      new Promise<void>((resolve) => {
        const stop = router.subscribe(({ initialized }) => {
          if (!initialized) return;
          stop();
          resolve();
        });
      }),
    act: () =>
      router.fetch("doing-1", "page", "/", {
        formMethod: "post",
        formEncType: "application/json",
        body: JSON.stringify({ number: 1, wanted: "this" }),
      }),
  };
}

test("what is shown is asked anew once something was done, or refused, and before whoever asked goes on", async () => {
  for (const answer of [
    { ok: true, value: null },
    { ok: false, code: "person.unknown" },
  ] as const) {
    const { begun, act, loads } = page(answer);
    await begun();
    await act();
    assert.equal(loads(), 2);
  }
});

test("whoever did not want to sign in again is not asked once more", async () => {
  const { begun, act, loads } = page({ ok: false, code: "office.session-over" });
  await begun();
  await act();
  assert.equal(loads(), 1);
});
