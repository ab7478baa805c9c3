import assert from "node:assert/strict";
import { test } from "node:test";
import { routes, sockets } from "@raadhuis/protocol/http";
import Fastify from "fastify";
import { houseFor, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";
import { admitByRight } from "./rights.ts";

const nobody = async (): Promise<never> => {
  throw new Error("no session");
};

test("a route of which nobody said who may ask keeps the house from starting", async () => {
  const app = Fastify();
  admitByRight(app, { clerk: nobody, seat: nobody });
  app.get("/api/house", { config: { who: "anyone" } }, async () => "");
  app.get("/api/office/forgotten", async () => "");
  await assert.rejects(async () => app.ready(), /GET \/api\/office\/forgotten/);
});

test("whoever is no clerk learns nothing below the office's address, not even what is there", async (t) => {
  const house = await houseFor(t, testSettings(24860));
  const clerk = await setUp(house);
  const stranger = new Visitor(house.url);
  const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];
  const clerks = Object.values(routes)
    .flatMap((group) => Object.values(group))
    .filter(({ who }) => who === "clerk");
  assert.ok(clerks.length > 15);
  for (const { method, path } of clerks) {
    const address = path.replace(/:\w+/g, "abcdefgh");
    const answer =
      method === "GET"
        ? await stranger.get(address)
        : method === "POST"
          ? await stranger.post(address, "{")
          : await stranger.send(method, address, "{");
    assert.deepEqual(codeOf(answer), [401, "office.no-session"], `${method} ${path}`);
  }
  for (const path of ["/api/office/", "/api/office/nothing", "/api/office/people/abcdefgh/nothing", "/api/office?x=1"])
    assert.deepEqual(codeOf(await stranger.get(path)), [401, "office.no-session"], path);
  assert.deepEqual(codeOf(await clerk.get("/api/office/nothing")), [404, "request.not-found"]);
  await assert.rejects(stranger.open(sockets.office.path.replace(":meeting", "abcdefgh")), { status: 401 });
  await assert.rejects(clerk.open(sockets.office.path.replace(":meeting", "abcdefgh")), { status: 404 });
});

test("nothing of a large body is read from whoever is no clerk", async (t) => {
  const house = await houseFor(t, testSettings(24861));
  await setUp(house);
  const { status, body } = await new Visitor(house.url).post("/api/office/people/lists", "x".repeat(2 * 1024 * 1024));
  assert.deepEqual([status, (body as { code: string }).code], [401, "office.no-session"]);
});
