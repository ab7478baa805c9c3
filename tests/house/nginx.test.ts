import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get as getPlain, type IncomingMessage } from "node:http";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { type House, startHouse } from "../lib/house.ts";
import { until } from "../lib/wait.ts";

/** deploy/nginx.conf as it stands, but for names, certificates and ports, in front of a house. */
const PORT = 26_260;
const [HTTP, HTTPS] = [26_268, 26_269];
const CHAMBER = `chamber.example:${HTTPS}`;
const GALLERY = `gallery.example:${HTTPS}`;
const skip = spawnSync("nginx", ["-v"]).status === 0 ? false : "nginx is not here";

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  text: string;
}

suite("behind nginx, by the configuration we ship", { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-nginx-"));
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  let nginx: ChildProcess;
  let house: House;

  before(async () => {
    const kind = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    const name = ["-subj", "/CN=raadhuis", "-addext", "subjectAltName=DNS:chamber.example,DNS:gallery.example"];
    spawnSync("openssl", [...kind, ...name, "-keyout", key, "-out", cert]);
    const text = readFileSync(join(import.meta.dirname, "../../deploy/nginx.conf"), "utf8")
      .replaceAll(/\/etc\/raadhuis\/\w+\.pem/g, cert)
      .replaceAll(/\/etc\/raadhuis\/\w+\.key/g, key)
      .replaceAll(/(listen (?:\[::\]:)?)443/g, `$1${HTTPS}`)
      .replaceAll(/(listen (?:\[::\]:)?)80;/g, `$1${HTTP};`)
      .replace("127.0.0.1:8080", `127.0.0.1:${PORT}`)
      .replace("127.0.0.1:8081", `127.0.0.1:${PORT + 1}`)
      .replace("/run/nginx.pid", join(folder, "pid"))
      .replace(/^error_log .*$/m, "error_log stderr notice;");
    writeFileSync(join(folder, "nginx.conf"), text);
    nginx = spawn("nginx", ["-c", join(folder, "nginx.conf"), "-e", "stderr", "-g", "daemon off;"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    for await (const part of nginx.stderr!.setEncoding("utf8")) {
      said += part;
      if (said.includes("start worker process")) break;
    }
    assert.match(said, /start worker process/);
    house = await startHouse({
      port: PORT,
      env: {
        RAADHUIS_TLS: "proxy",
        RAADHUIS_PROXIES: "127.0.0.1",
        RAADHUIS_URL: `https://${CHAMBER}`,
        RAADHUIS_GALLERY_URL: `https://${GALLERY}`,
      },
    });
  });
  after(async () => {
    await house?.close();
    if (nginx?.exitCode === null) {
      nginx.kill("SIGTERM");
      await once(nginx, "exit");
    }
    rmSync(folder, { recursive: true });
  });

  const ask = (host: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    new Promise<Answer>((resolve, reject) => {
      const options = { host: "127.0.0.1", port: HTTPS, servername: host.split(":")[0]!, ca: readFileSync(cert) };
      const asked = request(
        { ...options, path, method: body === undefined ? "GET" : "POST", headers: { host, ...headers } },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (part: string) => {
            text += part;
          });
          response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        },
      );
      asked.on("error", reject).end(body);
    });
  const codeOf = ({ text }: Answer) => JSON.parse(text).code;

  test("both doors open under their names, the port with them, and what changes something passes", async () => {
    for (const host of [CHAMBER, GALLERY]) assert.equal((await ask(host, "/")).status, 200, host);
    const headers = { origin: `https://${CHAMBER}`, "content-type": "application/json" };
    const signIn = await ask(CHAMBER, "/api/office/sign-in", headers, '{"email":"a@b.example","password":"x"}');
    assert.deepEqual([signIn.status, codeOf(signIn)], [409, "office.not-set-up"]);
  });

  test("a media socket's long address gets to the house, which looks at its ticket", async () => {
    const headers = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      origin: `https://${CHAMBER}`,
    };
    const answer = await ask(CHAMBER, `/rtc/v1?access_token=none&join_request=${"a".repeat(60_000)}`, headers);
    assert.equal(codeOf(answer), "ticket.invalid");
  });

  test("where the port is lost on the way, a page names the setting, and the log what came", async () => {
    const answer = await ask("chamber.example", "/", { accept: "text/html", "accept-language": "nl" });
    assert.equal(answer.status, 421);
    assert.ok(answer.text.includes("RAADHUIS_URL"), answer.text);
    const line = `"came":"chamber.example","expected":"${CHAMBER}"`;
    await until("the log to say so", () => house.log().includes(line), 10_000);
  });

  test("without https one is led there, and another name gets nothing", async () => {
    const led = await new Promise<IncomingMessage>((resolve, reject) =>
      getPlain({ host: "127.0.0.1", port: HTTP, headers: { host: "chamber.example" }, path: "/m/abc" }, resolve).on(
        "error",
        reject,
      ),
    );
    led.resume();
    assert.deepEqual([led.statusCode, led.headers.location], [301, "https://chamber.example/m/abc"]);
    await assert.rejects(ask("evil.example", "/"), /unrecognized name|handshake/i);
  });
});
