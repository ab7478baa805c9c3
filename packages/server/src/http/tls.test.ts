import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { houseFor, testSettings } from "../testing/house.ts";

const PORT = 24160;

interface Heard {
  status: number | undefined;
  cookies: string[];
  policy: unknown;
}

const ask = (options: RequestOptions, secure: boolean, body?: string): Promise<Heard> =>
  new Promise((resolve, reject) => {
    const request = (secure ? httpsRequest : httpRequest)({ host: "localhost", ...options }, (response) => {
      response.resume();
      const { "set-cookie": cookies = [], "strict-transport-security": policy } = response.headers;
      resolve({ status: response.statusCode, cookies, policy });
    });
    request.on("error", reject);
    request.end(body);
  });

const setUpBody = (link: string | undefined) =>
  JSON.stringify({
    secret: new URL(link ?? "").hash.slice(1),
    body: "Gemeente Voorbeeld",
    clerk: { name: "Kim", email: "kim@voorbeeld.example", password: "een lang genoeg wachtwoord" },
  });

test("with certificate files it speaks HTTPS, and its cookies are for HTTPS only", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-tls-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=localhost", "-days", "1", "-keyout", key, "-out", cert];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", ...subject],
    {
      stdio: "ignore",
    },
  );
  const url = `https://localhost:${PORT}`;
  const house = await houseFor(
    t,
    testSettings(PORT, {
      RAADHUIS_TLS: "files",
      RAADHUIS_TLS_CERT: cert,
      RAADHUIS_TLS_KEY: key,
      RAADHUIS_GALLERY_TLS_CERT: cert,
      RAADHUIS_GALLERY_TLS_KEY: key,
      RAADHUIS_URL: url,
      RAADHUIS_GALLERY_URL: `https://127.0.0.1:${PORT + 1}`,
    }),
  );
  const headers = { origin: url, "content-type": "application/json" };
  const where = { port: PORT, path: "/api/office/setup", method: "POST", headers, rejectUnauthorized: false };
  const { status, cookies, policy } = await ask(where, true, setUpBody(house.setUpLink));
  assert.equal(status, 200);
  assert.match(cookies[0] ?? "", /; Secure/);
  assert.match(String(policy), /max-age=/);
});

test("behind a proxy the house goes by the Host it passes on, and by no other word of it", async (t) => {
  await houseFor(
    t,
    testSettings(PORT + 2, {
      RAADHUIS_TLS: "proxy",
      RAADHUIS_PROXIES: "127.0.0.1,::1",
      RAADHUIS_BIND: "localhost",
      RAADHUIS_URL: "https://raad.example",
      RAADHUIS_GALLERY_URL: "https://publiek.example",
    }),
  );
  const statusOf = async (headers: Record<string, string>) =>
    (await ask({ port: PORT + 2, path: "/api/house", headers }, false)).status;
  assert.equal(await statusOf({ host: "raad.example" }), 200);
  assert.equal(await statusOf({ host: "raad.example", "x-forwarded-host": "evil.example" }), 200);
  assert.equal(await statusOf({ host: "evil.example", "x-forwarded-host": "raad.example" }), 421);
});
