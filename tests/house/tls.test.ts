import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get as getPlain, type IncomingMessage } from "node:http";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { startHouse } from "../lib/house.ts";

const folder = mkdtempSync(join(tmpdir(), "raadhuis-tls-"));
after(() => rmSync(folder, { recursive: true }));

/** A certificate of its own for a host name. */
function certify(host: string): { cert: string; key: string } {
  const [cert, key] = [join(folder, `${host}.pem`), join(folder, `${host}.key`)];
  const { status, stderr } = spawnSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-days",
      "2",
      "-keyout",
      key,
    ].concat(["-out", cert, "-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`]),
    { encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
  return { cert, key };
}

const answerTo = (asked: (heard: (response: IncomingMessage) => void) => ReturnType<typeof get>) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    asked((response) => {
      response.resume();
      resolve(response);
    }).on("error", reject);
  });

test("with files each door shows a certificate of its own, and tells browsers to stay with https", async () => {
  const [chamber, gallery] = [certify("chamber.test"), certify("gallery.test")];
  const house = await startHouse({
    port: 26_240,
    env: {
      RAADHUIS_TLS: "files",
      RAADHUIS_BIND: "127.0.0.1",
      RAADHUIS_URL: "https://chamber.test",
      RAADHUIS_GALLERY_URL: "https://gallery.test",
      RAADHUIS_TLS_CERT: chamber.cert,
      RAADHUIS_TLS_KEY: chamber.key,
      RAADHUIS_GALLERY_TLS_CERT: gallery.cert,
      RAADHUIS_GALLERY_TLS_KEY: gallery.key,
    },
  });
  try {
    for (const [port, host, { cert }] of [
      [26_240, "chamber.test", chamber],
      [26_241, "gallery.test", gallery],
    ] as const) {
      const ca = readFileSync(cert);
      const response = await answerTo((heard) =>
        get({ host: "127.0.0.1", port, servername: host, ca, path: "/", headers: { host } }, heard),
      );
      assert.equal(response.statusCode, 200, host);
      assert.match(response.headers["strict-transport-security"] ?? "", /max-age=\d+/, host);
    }
  } finally {
    await house.close();
  }
});

test("behind a proxy the doors speak plain http to it, under their public names", async () => {
  const house = await startHouse({
    port: 26_250,
    env: {
      RAADHUIS_TLS: "proxy",
      RAADHUIS_PROXIES: "127.0.0.1",
      RAADHUIS_URL: "https://chamber.test",
      RAADHUIS_GALLERY_URL: "https://gallery.test",
    },
  });
  try {
    const ask = (port: number, host: string) =>
      answerTo((heard) => getPlain({ host: "127.0.0.1", port, path: "/", headers: { host } }, heard));
    assert.equal((await ask(26_251, "gallery.test")).statusCode, 200);
    assert.equal((await ask(26_251, "chamber.test")).statusCode, 421);
    assert.equal((await ask(26_250, "gallery.test")).statusCode, 421);
  } finally {
    await house.close();
  }
});
