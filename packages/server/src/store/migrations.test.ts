import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import SQLite from "better-sqlite3";
import { Kysely, SqliteDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { migrations } from "./migrations.ts";
import { openStore } from "./store.ts";

test("sessions and ended meetings of before have their whole time from when the house is brought up to date", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-migrations-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "raadhuis.db");
  const before = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new SQLite(file) }) });
  await new Migrator({ db: before, provider: { getMigrations: async () => migrations } }).migrateTo("001-house");
  const now = Date.now();
  const lapses = now + 50 * 24 * 3600_000;
  await sql`insert into meeting (id, kind, title, starts_at, phase, recording, planned_at)
    values ('abcdefgh23456789', 'call', 'T', ${now}, 'closed', 0, 1)`.execute(before);
  await sql`insert into session values ('c', 'clerk', null, null, 'kim', ${lapses}),
    ('s', 'seat', 'abcdefgh23456789', 'seatseat23456789', null, ${lapses})`.execute(before);
  await before.destroy();

  const store = await openStore({ file });
  t.after(() => store.close());
  const live = async (at: number) => [
    await store.access.clerkSession("c", at),
    (await store.access.seatSession("s", at))?.seat,
  ];
  assert.deepEqual(await live(now + 1_000), ["kim", "seatseat23456789"]);
  assert.deepEqual(await live(now + 13 * 3600_000), [undefined, undefined]);
});

test("a house of before has the time zone that a new one is proposed", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-migrations-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "raadhuis.db");
  const before = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new SQLite(file) }) });
  await new Migrator({ db: before, provider: { getMigrations: async () => migrations } }).migrateTo("005-done-list");
  const own = process.env.TZ;
  t.after(() => {
    if (own === undefined) delete process.env.TZ;
    else process.env.TZ = own;
  });
  process.env.TZ = "America/Curacao";
  await sql`insert into body (id, name, demo, set_up_at) values (1, 'Gemeente', 0, 1)`.execute(before);
  await before.destroy();

  const store = await openStore({ file });
  t.after(() => store.close());
  const { identifier, ...body } = (await store.house.body())!;
  assert.deepEqual(body, { name: "Gemeente", zone: "America/Curacao", demo: false });
  assert.match(identifier, /^[a-z0-9]{16}$/);
});
