import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { settingsOf } from "@raadhuis/protocol/settings";
import { lookAtCertificates } from "./certificates.ts";

const folder = mkdtempSync(join(tmpdir(), "raadhuis-certificates-"));
after(() => rmSync(folder, { recursive: true }));
const DAY_MS = 24 * 3600_000;

function make(name: string, host: string) {
  const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const kind = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const what = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=${host}`, "-days", "30"];
  execFileSync("openssl", [...kind, ...what, "-keyout", key, "-out", cert], { stdio: "ignore" });
  return { cert, key };
}
const chamber = make("chamber", "DNS:raad.example");
const gallery = make("gallery", "DNS:*.kijk.example,IP:192.0.2.1");
const files = {
  RAADHUIS_TLS_CERT: chamber.cert,
  RAADHUIS_TLS_KEY: chamber.key,
  RAADHUIS_GALLERY_TLS_CERT: gallery.cert,
  RAADHUIS_GALLERY_TLS_KEY: gallery.key,
};

function look(more: Record<string, string> = {}, inDays = 0) {
  const read = settingsOf({
    RAADHUIS_TLS: "files",
    RAADHUIS_URL: "https://raad.example",
    RAADHUIS_GALLERY_URL: "https://live.kijk.example",
    ...files,
    ...more,
  });
  assert.ok("settings" in read, JSON.stringify(read));
  const { problems, warnings } = lookAtCertificates(read.settings, Date.now() + inDays * DAY_MS);
  return {
    problems: problems.map(({ code, message }) => `${code} ${message.split("=")[0]}`),
    warnings: warnings.map(({ code, message }) => `${code} ${message.split("=")[0]}`),
  };
}

test("certificates that fit their keys and hosts are no problem", () => {
  assert.deepEqual(look(), { problems: [], warnings: [] });
  assert.deepEqual(look({ RAADHUIS_GALLERY_URL: "https://192.0.2.1" }).problems, []);
});

test("a file that is not there, or holds something else, is told by its setting", () => {
  const other = join(folder, "other");
  writeFileSync(other, "no PEM");
  for (const variable of Object.keys(files)) {
    assert.deepEqual(look({ [variable]: join(folder, "none") }).problems, [`certificate.unreadable ${variable}`]);
    assert.deepEqual(look({ [variable]: folder }).problems, [`certificate.unreadable ${variable}`]);
    assert.deepEqual(look({ [variable]: other }).problems, [`certificate.not-pem ${variable}`]);
  }
});

test("a key with a passphrase is none the house can use", () => {
  const locked = join(folder, "locked.key");
  execFileSync("openssl", ["ec", "-in", chamber.key, "-aes256", "-passout", "pass:x", "-out", locked], {
    stdio: "ignore",
  });
  assert.deepEqual(look({ RAADHUIS_TLS_KEY: locked }).problems, ["certificate.not-pem RAADHUIS_TLS_KEY"]);
});

test("the key of another certificate, and the certificate of another host", () => {
  assert.deepEqual(look({ RAADHUIS_TLS_KEY: gallery.key }).problems, ["certificate.other-key RAADHUIS_TLS_KEY"]);
  assert.deepEqual(look({ RAADHUIS_URL: "https://raad2.example" }).problems, [
    "certificate.other-host RAADHUIS_TLS_CERT",
  ]);
  assert.deepEqual(look({ RAADHUIS_GALLERY_URL: "https://kijk.example" }).problems, [
    "certificate.other-host RAADHUIS_GALLERY_TLS_CERT",
  ]);
});

test("one that has expired, expires soon or has not begun is told, and the house starts", () => {
  const both = (code: string) => [`${code} RAADHUIS_TLS_CERT`, `${code} RAADHUIS_GALLERY_TLS_CERT`];
  assert.deepEqual(look({}, 20), { problems: [], warnings: both("certificate.expires") });
  assert.deepEqual(look({}, 31), { problems: [], warnings: both("certificate.expired") });
  assert.deepEqual(look({}, -1), { problems: [], warnings: both("certificate.not-yet") });
});

test("everything that is wrong with both doors is told at once", () => {
  const none = join(folder, "none");
  assert.equal(look(Object.fromEntries(Object.keys(files).map((name) => [name, none]))).problems.length, 4);
});
