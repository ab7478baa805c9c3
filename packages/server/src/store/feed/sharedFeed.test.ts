import assert from "node:assert/strict";
import { after, type TestContext, test } from "node:test";
import { MeetingId } from "@raadhuis/meeting";
import { Cluster } from "../../testing/postgres.ts";
import { until } from "../../testing/until.ts";
import { CHANNEL } from "./listening.ts";
import type { News } from "./news.ts";
import { SharedFeed } from "./sharedFeed.ts";

const meeting = MeetingId.parse("abcdefgh23456789");
const cluster = new Cluster();
await cluster.start();
const at = await cluster.empty("feed");
after(() => cluster.stop());

/** A server's feed, and what it heard but for beats. */
async function feedOf(t: TestContext, server: string) {
  const errors: unknown[] = [];
  const self = { server, embedded: false, folder: "one" };
  const feed = new SharedFeed({ at, self, onError: (error) => errors.push(error) });
  const heard: News[] = [];
  const servers = new Set<string>();
  let gaps = 0;
  feed.hear((news) => (news.kind === "beat" ? servers.add(news.server) : heard.push(news)));
  feed.onGap(() => gaps++);
  await feed.open();
  t.after(() => feed.close());
  return { feed, heard, servers, errors, gaps: () => gaps };
}

test("what one server says every server hears, itself among them, in one order", async (t) => {
  const [one, other] = [await feedOf(t, "one"), await feedOf(t, "other")];
  for (let version = 1; version <= 300; version++) {
    one.feed.tell([{ kind: "meeting", meeting, version }]);
    if (version % 3 === 0) other.feed.tell([{ kind: "hello", server: `${version}` }]);
  }
  await until("all of it", () => one.heard.length === 400 && other.heard.length === 400);
  assert.deepEqual(one.heard, other.heard);
  assert.deepEqual(
    one.heard.flatMap((news) => (news.kind === "meeting" ? news.version : [])),
    Array.from({ length: 300 }, (_, index) => index + 1),
  );
});

test("what is notified in a transaction is heard after its commit, and never of one that was rolled back", async (t) => {
  const { heard } = await feedOf(t, "one");
  const client = await cluster.connect("feed");
  t.after(() => client.end());
  const say = (version: number) =>
    client.query("select pg_notify($1, $2)", [CHANNEL, JSON.stringify({ kind: "meeting", meeting, version })]);
  await client.query("begin");
  await say(1);
  await client.query("rollback");
  await client.query("begin");
  await say(2);
  await client.query("commit");
  await until("the second", () => heard.length > 0);
  assert.deepEqual(heard, [{ kind: "meeting", meeting, version: 2 }]);
});

test("a server hears whether others are there, and the database how many", async (t) => {
  const one = await feedOf(t, "one");
  assert.equal(await one.feed.others(), 0);
  const other = await feedOf(t, "other");
  assert.equal(await one.feed.others(), 1);
  await until("both hearts", () => one.servers.has("other") && other.servers.has("one") && one.servers.has("one"));
  await other.feed.close();
  await until("it is gone", async () => (await one.feed.others()) === 0);
});

test("while the database is away nothing is heard, which is known; when it is back that is told, and it goes on", async (t) => {
  const { feed, heard, gaps, errors } = await feedOf(t, "one");
  await until("it hears", () => feed.silentMs() < 500);
  await cluster.stop("SIGQUIT");
  await until("it is silent", () => feed.silentMs() > 1_500);
  feed.tell([{ kind: "said", meeting }]);
  assert.deepEqual([gaps(), heard], [0, []]);
  await cluster.start();
  await until("a gap", () => gaps() === 1);
  await until("it hears again", () => feed.silentMs() < 500);
  feed.tell([{ kind: "meeting", meeting, version: 7 }]);
  await until("the news", () => heard.length > 0);
  assert.deepEqual(heard, [{ kind: "meeting", meeting, version: 7 }]);
  assert.equal(errors.length, 1);
});

test("what is no news is passed over and told; a listener that fails keeps nothing from the others", async (t) => {
  const { feed, errors } = await feedOf(t, "one");
  const later: News[] = [];
  feed.hear((news) => {
    if (news.kind === "said") throw new Error("no room");
  });
  feed.hear((news) => news.kind === "said" && later.push(news));
  const client = await cluster.connect("feed");
  t.after(() => client.end());
  for (const text of ["no json", '{"kind":"unheard of"}', '{"kind":"meeting","meeting":"../../x","version":1}'])
    await client.query("select pg_notify($1, $2)", [CHANNEL, text]);
  feed.tell([{ kind: "said", meeting }]);
  await until("the news", () => later.length > 0);
  assert.deepEqual(
    errors.map((error) => error instanceof Error && error.message),
    [...Array.from({ length: 3 }, () => "Something that is no news was notified."), "no room"],
  );
});

test("a database that does not answer is told at once when a feed is opened", async () => {
  const self = { server: "one", embedded: false, folder: "one" };
  const feed = new SharedFeed({ at: { ...at, database: "none" }, self, onError: () => undefined });
  await assert.rejects(feed.open(), /does not exist/);
});
