import assert from "node:assert/strict";
import { test } from "node:test";
import { paramsOf, type Route, refusalsOf, type SocketRoute } from "./route.ts";
import { routes, sockets } from "./routes.ts";

const all: (Route | SocketRoute)[] = [...Object.values(routes), sockets].flatMap((group) =>
  Object.values<Route | SocketRoute>(group),
);

test("each route says of every name in its path what may stand there, and of no other", () => {
  for (const { path, params } of all) assert.deepEqual(Object.keys(params?.shape ?? {}), paramsOf(path), path);
});

test("a value that can name nothing is refused by a code that its route names", () => {
  for (const asked of all) {
    // Whoever must have a seat's cookie is refused for having none.
    const unknown = asked.who === "seat" ? [] : paramsOf(asked.path).map((name) => `${name}.unknown`);
    for (const code of unknown)
      assert.ok(
        refusalsOf(asked).some((named) => named === code),
        `${asked.path}: ${code}`,
      );
  }
});

test("no two routes are asked alike", () => {
  const asked = all.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ":")}`);
  assert.equal(new Set(asked).size, asked.length);
});

test("whoever must be somebody is asked for where their cookie is sent", () => {
  for (const { path, who } of all) {
    if (who === "clerk") assert.match(path, /^\/api\/office(\/|$)/);
    if (who === "seat") assert.match(path, /^\/api\/seats\/:seat(\/|$)/);
  }
});

test("a route names its own refusals alone: those that any of its right may get are said once, for all of them", () => {
  for (const asked of all) {
    const common = refusalsOf({ ...asked, refusals: [] });
    assert.deepEqual(
      asked.refusals.filter((code, index) => common.includes(code) || asked.refusals.indexOf(code) !== index),
      [],
      asked.path,
    );
  }
});
