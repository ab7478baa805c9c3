import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openStore } from "../store/store.ts";
import { Cluster } from "../testing/postgres.ts";
import { until } from "../testing/until.ts";
import { mustBeInTouch } from "./touch.ts";

const cluster = new Cluster();
await cluster.start();
after(() => cluster.stop());

test("a server whose database was silent for two seconds lets nobody in, says so, and goes on when it is back", async (t) => {
  const store = await openStore({ postgres: await cluster.database("touch") });
  t.after(() => store.close());
  await until("it hears", () => store.feed.silentMs() < 500);
  mustBeInTouch(store.feed);
  await store.ping();
  await cluster.stop("SIGQUIT");
  await until("it is deaf", () => store.feed.silentMs() > 2_000);
  assert.throws(() => mustBeInTouch(store.feed), { code: "house.no-database", status: 503 });
  await assert.rejects(store.ping());
  await cluster.start();
  await until("it hears again", () => store.feed.silentMs() < 500);
  mustBeInTouch(store.feed);
  await store.ping();
});
