import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { settingsOf } from "./settings.ts";

const databaseOf = (url: string | undefined) => {
  const read = settingsOf(url === undefined ? {} : { DATABASE_URL: url });
  return "settings" in read ? read.settings.database : read.problems.map(({ code, message }) => `${code} ${message}`);
};
const at = { host: "db.example", port: 5432, user: "house", password: "p", database: "raadhuis" };

test("without an address of PostgreSQL it is SQLite's file in the data folder", () => {
  assert.deepEqual(databaseOf(undefined), { file: join("data", "raadhuis.db") });
});

test("an address says host, port, user, password, database and TLS, which goes by itself but on this machine", () => {
  const verified = { authorities: null };
  const read: [string, object][] = [
    ["postgres://house:p@db.example/raadhuis", { ...at, tls: verified }],
    ["postgresql://house:p@db.example:6000/raadhuis?sslmode=require", { ...at, port: 6000, tls: verified }],
    ["postgres://house:p@db.example/raadhuis?sslrootcert=/etc/ca.pem", { ...at, tls: { authorities: "/etc/ca.pem" } }],
    ["postgres://house:p@db.example/raadhuis?sslmode=disable", { ...at, tls: null }],
    ["postgres://house:p@127.0.0.1/raadhuis", { ...at, host: "127.0.0.1", tls: null }],
    ["postgres://house:p@[::1]/raadhuis", { ...at, host: "::1", tls: null }],
    ["postgres://house:p@127.0.0.1/raadhuis?sslmode=verify-full", { ...at, host: "127.0.0.1", tls: verified }],
    ["postgres://ho%75se:p%40%2F@db.example/raadhuis", { ...at, password: "p@/", tls: verified }],
    [
      "postgres:///raadhuis?host=/run/postgresql&user=house",
      { ...at, host: "/run/postgresql", password: null, tls: null },
    ],
    ["postgres://house@%2Frun%2Fpostgresql/raadhuis", { ...at, host: "/run/postgresql", password: null, tls: null }],
  ];
  for (const [url, postgres] of read) assert.deepEqual(databaseOf(url), { postgres }, url);
});

test("an address that is another's, or not whole, or says what is not understood, is refused in words without its password", () => {
  const wrong = [
    ...["mysql://a:geheim@b/c", "raadhuis.db", "postgres:geheim", "postgres://a:geheim@b:port/c"],
    ...["postgres://a:geheim@b", "postgres://a:geheim@b/", "postgres://a:geheim@b/c/d", "postgres://b/c"],
    ...["postgres://a:geheim@b,c/d", "postgres://a:geheim@b:70000/c", "postgres://a:geheim@/c", "postgres://a:%zz@b/c"],
    ...["postgres://a@b/c?sslmode=prefer", "postgres://a@b/c?password=geheim", "postgres://a@b/c?sslmode=no"],
    ...["postgres://a@b/c?sslmode=disable&sslrootcert=/x", "postgres://a:ge#heim@b/c", "postgres://a@b/c#d"],
  ];
  for (const url of wrong) {
    const said = databaseOf(url);
    assert.ok(Array.isArray(said) && said.length === 1, url);
    assert.match(said[0] ?? "", /^settings\.invalid DATABASE_URL=\.\.\.: .+\.$/, url);
    assert.doesNotMatch(said[0] ?? "", /geheim/);
  }
});
