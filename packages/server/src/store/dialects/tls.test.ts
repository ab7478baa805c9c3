import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { Cluster } from "../../testing/postgres.ts";
import { openPostgres } from "./postgres.ts";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}

test("with TLS the server is who its certificate says, or nothing is told it", async (t) => {
  const port = await freePort();
  const cluster = new Cluster();
  t.after(() => cluster.stop());
  const [cert, key] = [join(cluster.folder, "cert.pem"), join(cluster.folder, "key.pem")];
  const names = "subjectAltName=IP:127.0.0.1";
  const made = spawnSync("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
    ...["-subj", "/CN=database.example", "-addext", names, "-keyout", key, "-out", cert],
  ]);
  assert.equal(made.status, 0, String(made.stderr));
  const { uid, gid } = statSync(cluster.folder);
  for (const file of [cert, key]) chownSync(file, uid, gid);
  cluster.set(["ssl=on", `ssl_cert_file=${cert}`, `ssl_key_file=${key}`, "listen_addresses=127.0.0.1", `port=${port}`]);
  await cluster.start();

  const at = { ...(await cluster.database("tls")), host: "127.0.0.1", port };
  const db = await openPostgres({ ...at, tls: { authorities: cert } });
  await db.read.selectFrom("organ").selectAll().execute();
  const client = await cluster.connect("tls");
  const { rows } = await client.query("select count(*)::int as count from pg_stat_ssl where ssl");
  assert.ok(rows[0].count > 0);
  await client.end();
  await db.close();

  const noDatabase = { code: "house.no-database" };
  await assert.rejects(openPostgres({ ...at, tls: { authorities: null } }), noDatabase, "by nobody that is known");
  await assert.rejects(
    openPostgres({ ...at, host: "localhost", tls: { authorities: cert } }),
    noDatabase,
    "another name",
  );
});
