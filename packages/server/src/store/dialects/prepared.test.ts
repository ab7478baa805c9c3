import assert from "node:assert/strict";
import { test } from "node:test";
import SQLite from "better-sqlite3";
import { Kysely, sql } from "kysely";
import { PatientDialect } from "./patient.ts";

function open() {
  const sqlite = new SQLite(":memory:");
  const prepared: string[] = [];
  const prepare = sqlite.prepare.bind(sqlite);
  sqlite.prepare = (source: string) => {
    prepared.push(source);
    return prepare(source);
  };
  return { db: new Kysely<Record<string, never>>({ dialect: new PatientDialect(sqlite) }), prepared };
}

test("a statement is prepared once, and is right again after the table has changed", async (t) => {
  const { db, prepared } = open();
  t.after(() => db.destroy());
  const all = () => sql<object>`select * from person`.execute(db);
  await sql`create table person (name text)`.execute(db);
  for (const name of ["Anna", "Bram"]) await sql`insert into person (name) values (${name})`.execute(db);
  assert.deepEqual((await all()).rows, [{ name: "Anna" }, { name: "Bram" }]);
  await sql`alter table person add column party text`.execute(db);
  assert.deepEqual((await all()).rows[0], { name: "Anna", party: null });
  assert.equal(prepared.filter((source) => source.startsWith("insert")).length, 1);
  assert.equal(prepared.filter((source) => source.startsWith("select")).length, 1);
});

test("statements of ever other lengths do not stay for ever", async (t) => {
  const { db, prepared } = open();
  t.after(() => db.destroy());
  const count = (numbers: number) => sql`select ${sql.join(Array.from({ length: numbers }, () => 1))}`.execute(db);
  await count(1);
  for (let numbers = 2; numbers < 300; numbers++) await count(numbers);
  await count(299);
  assert.equal(prepared.length, 299);
  await count(1);
  assert.equal(prepared.length, 300);
});
