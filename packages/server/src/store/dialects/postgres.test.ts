import assert from "node:assert/strict";
import { after, type TestContext, test } from "node:test";
import { inspect } from "node:util";
import type { PostgresAt } from "@raadhuis/protocol/settings";
import { sql } from "kysely";
import pg from "pg";
import { newId } from "../../random.ts";
import { Cluster, endSharedCluster, sharedCluster } from "../../testing/postgres.ts";
import { Collision, NotUnique } from "../conflicts.ts";
import { openPostgres } from "./postgres.ts";
import { translated } from "./postgresErrors.ts";

after(endSharedCluster);

const code = (expected: string) => (error: unknown) =>
  error instanceof Error && "code" in error && error.code === expected;
const busy = code("house.busy");
const noDatabase = code("house.no-database");

async function databaseFor(t: TestContext, patienceMs?: number) {
  const cluster = sharedCluster();
  const at = await cluster.database(`postgres_${newId()}`);
  const db = await openPostgres(at, patienceMs);
  t.after(() => db.close());
  return { cluster, at, db };
}
const organ = (id: string) => ({ id, name: id, added_at: 1 });
const namesIn = async ({ read }: Awaited<ReturnType<typeof openPostgres>>) =>
  (await read.selectFrom("organ").select("id").orderBy("id").execute()).map(({ id }) => id);

test("numbers are numbers, also those that PostgreSQL counts itself, and none is said wrong", async (t) => {
  const { db } = await databaseFor(t);
  const at = Date.now();
  await db.write
    .insertInto("organ")
    .values([organ("a"), { ...organ("b"), added_at: at }])
    .execute();
  const found = await db.read
    .selectFrom("organ")
    .select((e) => [e.fn.countAll().as("count"), e.fn.sum("added_at").as("sum"), e.fn.max("added_at").as("max")])
    .executeTakeFirstOrThrow();
  assert.deepEqual({ ...found }, { count: 2, sum: at + 1, max: at });
  await assert.rejects(sql`select 9007199254740993::bigint`.execute(db.read), RangeError);
});

test("the connections that read change nothing", async (t) => {
  const { db } = await databaseFor(t);
  await assert.rejects(db.read.insertInto("organ").values(organ("a")).execute());
  assert.deepEqual(await namesIn(db), []);
});

test("two in each other's way are done one after the other, and a deadlock is nobody's refusal", async (t) => {
  const { db } = await databaseFor(t);
  await db.write
    .insertInto("organ")
    .values([organ("a"), organ("b")])
    .execute();
  let tries = 0;
  const crosswise = (first: string, second: string) =>
    db.transact(async (trx) => {
      tries++;
      for (const id of [first, second])
        await trx
          .updateTable("organ")
          .set(({ eb }) => ({ added_at: eb("added_at", "+", 1) }))
          .where("id", "=", id)
          .execute();
    });
  await Promise.all(Array.from({ length: 6 }, (_, n) => (n % 2 ? crosswise("a", "b") : crosswise("b", "a"))));
  const rows = await db.read.selectFrom("organ").select("added_at").execute();
  assert.deepEqual(
    rows.map(({ added_at }) => added_at),
    [7, 7],
  );
  assert.ok(tries > 6, "none was in another's way");
});

test("a lock that somebody holds is waited for, and then a refusal; whoever finds no connection is refused, too", async (t) => {
  const { db, cluster, at } = await databaseFor(t, 3_000);
  await db.write.insertInto("organ").values(organ("a")).execute();
  const holder = await cluster.connect(at.database);
  t.after(() => holder.end());
  await holder.query("begin; lock table organ in access exclusive mode");
  const rename = () => db.write.updateTable("organ").set({ name: "b" }).where("id", "=", "a").execute();
  await Promise.all([
    ...Array.from({ length: 12 }, () => assert.rejects(rename(), busy)),
    assert.rejects(namesIn(db), busy),
  ]);
  await holder.query("commit");
  await rename();
  assert.deepEqual(await namesIn(db), ["a"]);
});

test("whoever stands still in a transaction is ended, and holds nobody up", async (t) => {
  const { db } = await databaseFor(t);
  await db.write.insertInto("organ").values(organ("a")).execute();
  let goOn = () => {};
  const standing = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const rename = (name: string, then: Promise<void> = Promise.resolve()) =>
    db.transact(async (trx) => {
      await trx.updateTable("organ").set({ name }).where("id", "=", "a").execute();
      await then;
      await trx.selectFrom("organ").selectAll().execute();
    });
  const stands = assert.rejects(rename("stands", standing), (error) => busy(error) || noDatabase(error));
  await rename("goes on");
  goOn();
  await stands;
  const row = await db.read.selectFrom("organ").select("name").executeTakeFirst();
  assert.equal(row?.name, "goes on");
});

test("a database that is gone is a refusal in words, and what comes after it is back is done", async (t) => {
  const cluster = new Cluster();
  await cluster.start();
  t.after(() => cluster.stop());
  const db = await openPostgres(await cluster.database("gone"));
  t.after(() => db.close());
  await db.write.insertInto("organ").values(organ("a")).execute();
  for (const how of ["SIGINT", "SIGQUIT"] as const) {
    const during = db.transact(async (trx) => {
      await trx
        .insertInto("organ")
        .values(organ(`during ${how}`))
        .execute();
      await cluster.stop(how);
      await trx.insertInto("organ").values(organ("after")).execute();
    });
    await assert.rejects(during, noDatabase);
    await assert.rejects(namesIn(db), noDatabase);
    await assert.rejects(
      db.transact((trx) => trx.selectFrom("organ").selectAll().execute()),
      noDatabase,
    );
    await cluster.start();
    assert.deepEqual(await namesIn(db), ["a"]);
  }
});

test("a table that changes while statements about it are prepared is read as it is", async (t) => {
  const { db, cluster, at } = await databaseFor(t);
  await db.write.insertInto("organ").values(organ("a")).execute();
  const look = () => db.read.selectFrom("organ").selectAll().where("id", "=", "a").execute();
  const inTransaction = () => db.transact((trx) => trx.selectFrom("organ").selectAll().where("id", "=", "a").execute());
  await Promise.all([look(), look(), inTransaction()]);
  const other = await cluster.connect(at.database);
  await other.query("alter table organ add column seat text");
  await other.end();
  for (const asked of [look, inTransaction]) {
    const rows = await Promise.all([asked(), asked(), asked()]);
    assert.deepEqual(Object.keys(rows[2]?.[0] ?? {}), ["id", "name", "added_at", "seat"]);
  }
});

test("servers that begin at once on an empty database all find its tables", async (t) => {
  const at = await sharedCluster().empty("at_once");
  const opened = await Promise.all([1, 2, 3].map(() => openPostgres(at)));
  t.after(() => Promise.all(opened.map((db) => db.close())));
  for (const db of opened) assert.deepEqual(await namesIn(db), []);
});

test("a database that does not keep every letter is refused", async () => {
  const cluster = sharedCluster();
  const client = await cluster.connect("postgres");
  await client.query("create database ascii encoding 'SQL_ASCII' template template0");
  await client.end();
  await assert.rejects(openPostgres(cluster.at("ascii")), /SQL_ASCII.*UTF8/);
});

test("what no column takes is the request's fault, and no words of it are in what is said", async (t) => {
  const { db } = await databaseFor(t);
  const find = (id: string) => db.read.selectFrom("organ").selectAll().where("id", "=", id).execute();
  await assert.rejects(find("secret\0words"), code("request.malformed"));
  const missing = db.write.insertInto("seat_person").values({ meeting: "secret", seat: "words", person: "x" });
  await assert.rejects(
    missing.execute(),
    (error) => !/secret|words/.test(inspect(error, { depth: 9, showHidden: true })),
  );
  await db.write.insertInto("organ").values(organ("a")).execute();
  await assert.rejects(db.write.insertInto("organ").values(organ("a")).execute(), NotUnique);
});

test("a password is in nothing that is said, whatever goes wrong", async () => {
  const cluster = sharedCluster();
  const nowhere: PostgresAt[] = [
    { ...cluster.at("postgres"), user: "nobody", password: "geheim" },
    { ...cluster.at("postgres"), host: "/nowhere", password: "geheim" },
    { ...cluster.at("postgres"), host: "127.0.0.1", port: 1, password: "geheim", tls: { authorities: null } },
  ];
  for (const at of nowhere)
    await assert.rejects(
      openPostgres(at),
      (error) => !inspect(error, { depth: 9, showHidden: true }).includes("geheim"),
    );
});

test("PostgreSQL's codes have the house's words", () => {
  const said = (sqlState: string, severity = "ERROR") => {
    const error = new pg.DatabaseError("words", 5, "error");
    return translated(Object.assign(error, { code: sqlState, severity }));
  };
  for (const [sqlState, expected] of [
    ["53100", "house.disk-full"],
    ["53300", "house.busy"],
    ["57014", "house.busy"],
    ["57P01", "house.no-database"],
    ["08006", "house.no-database"],
    ["22003", "request.malformed"],
  ] as const)
    assert.ok(code(expected)(said(sqlState)), sqlState);
  for (const sqlState of ["40001", "40P01"]) assert.ok(said(sqlState) instanceof Collision);
});
