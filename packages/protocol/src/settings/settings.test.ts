import assert from "node:assert/strict";
import { test } from "node:test";
import { internalNames, slipsBetween } from "./names.ts";
import { Environment, settingsOf } from "./settings.ts";

const problemsOf = (environment: Record<string, string>): string[] => {
  const read = settingsOf(environment);
  return "problems" in read ? read.problems.map(({ code, variable }) => `${code} ${variable}`) : [];
};
const wordsOf = (environment: Record<string, string>): string => {
  const read = settingsOf(environment);
  return "problems" in read ? read.problems.map(({ message }) => message).join("\n") : "";
};

const refused: [variable: string, ...values: string[]][] = [
  ["PORT", "65534", "65535", "0", "-1", "80a", "0x50", "1e3", "80.5", "nul"],
  ["GALLERY_PORT", "65536", "0", "http"],
  ["RAADHUIS_UDP_PORTS", "65536", "7882-7885"],
  ["RAADHUIS_SFU_PROCESSES", "0", "65", "two"],
  ["RAADHUIS_DELAY", "-1", "601", "10s", "1e1", "Infinity"],
  ["RAADHUIS_LOCALE", "nl_NL", "fr"],
  ["RAADHUIS_LOG", "trace"],
  ["RAADHUIS_BIND", "localhost:8080", "http://localhost", "[::1]", "127.0.0", "1.2.3.256", "a b"],
  ["RAADHUIS_URL", "chamber.example", "ftp://a.example", "http://a.example/raad", "http://a.example/raad/"],
  ["RAADHUIS_URL", "http://a.example?x=1", "http://a.example/?", "http://a.example/#", "http://u:p@a.example"],
  ["RAADHUIS_GALLERY_URL", "http://a.example/kijk", "https:///"],
  ["RAADHUIS_PUBLIC_IP", "raad.example", "192.0.2.1, 192.0.2", "192.0.2.1/24", "0.0.0.0", "::", ","],
  ["LIVEKIT_URL", "livekit.example", "ftp://a.example", "wss://a.example/livekit", "wss://u:p@a.example"],
];

test("each setting is refused by name where it is not what it takes", () => {
  for (const [variable, ...values] of refused)
    for (const value of values) {
      const all = { [variable]: value, LIVEKIT_API_KEY: "key", LIVEKIT_API_SECRET: "secret" };
      assert.deepEqual(problemsOf(all), [`settings.invalid ${variable}`], `${variable}=${value}`);
      assert.match(wordsOf(all), new RegExp(`^${variable}=.*: .+\\.$`));
    }
});

test("what holds a password is not repeated", () => {
  const words = wordsOf({
    RAADHUIS_URL: "http://kim:geheim@a.example",
    LIVEKIT_URL: "ws://kim:geheim@b.example",
    TURN_SECRET: "geheim",
    DATABASE_URL: "postgres://kim@c.example/raadhuis?password=geheim",
  });
  assert.match(words, /DATABASE_URL[\s\S]*RAADHUIS_URL[\s\S]*TURN_SECRET[\s\S]*LIVEKIT_URL/);
  assert.ok(!words.includes("geheim"));
});

test("addresses that people type are kept as browsers say them", () => {
  const read = settingsOf({
    PORT: "80",
    RAADHUIS_URL: "http://LOCALHOST:80/",
    RAADHUIS_GALLERY_URL: "http://127.0.0.1:081/",
  });
  assert.ok("settings" in read);
  assert.equal(read.settings.chamber.url, "http://localhost");
  assert.equal(read.settings.gallery.url, "http://127.0.0.1:81");
  const none = settingsOf({ PORT: "80" });
  assert.equal("settings" in none && none.settings.chamber.url, "http://localhost");
});

test("proxies are addresses or networks, and never everybody", () => {
  const behind = (RAADHUIS_PROXIES: string) =>
    problemsOf({
      RAADHUIS_TLS: "proxy",
      RAADHUIS_URL: "https://a.example",
      RAADHUIS_GALLERY_URL: "https://b.example",
      RAADHUIS_PROXIES,
    });
  for (const good of ["127.0.0.1", "127.0.0.1, ::1", "10.0.0.0/8,2001:db8::/32", "loopback"])
    assert.deepEqual(behind(good), [], good);
  for (const wrong of ["foo", "nginx.example", "10.0.0.0/33", "0.0.0.0/0", "::/0", "127.0.0.1 ::1", ","])
    assert.deepEqual(behind(wrong), ["settings.invalid RAADHUIS_PROXIES"], wrong);
});

test("a name that is no setting is told with the nearest that is one", () => {
  const hint = (name: string) => /Did you mean (\w+)\?/.exec(wordsOf({ [name]: "1" }))?.[1];
  assert.equal(hint("RAADHUIS_TSL"), "RAADHUIS_TLS");
  assert.equal(hint("raadhuis_data"), "RAADHUIS_DATA");
  assert.equal(hint("RAADHIUS_URL"), "RAADHUIS_URL");
  assert.equal(hint("GALERY_PORT"), "GALLERY_PORT");
  assert.equal(hint("TURN_URL"), "TURN_URLS");
  assert.equal(hint("LIVEKIT_API_SECRTE"), "LIVEKIT_API_SECRET");
  assert.deepEqual(problemsOf({ RAADHUIS_TSL: "files" }), ["settings.unknown RAADHUIS_TSL"]);
  assert.deepEqual(problemsOf({ RAADHUIS_QUORUM_OF_THE_COUNCIL: "1" }), [
    "settings.unknown RAADHUIS_QUORUM_OF_THE_COUNCIL",
  ]);
  assert.deepEqual(problemsOf({ PATH: "/bin", PORTS: "1", LIVEKIT_LOG: "1", HOSTNAME: "x", TURN_MS: "1" }), []);
});

test("what the house tells its own processes is known", () => {
  const own = Object.fromEntries(internalNames.map((name) => [name, "1"]));
  assert.deepEqual(problemsOf({ ...own, RAADHUIS_TEST_KEEP: "1", RAADHUIS_EGRESS_LINGER_MS: "1" }), []);
  assert.ok(internalNames.every((name) => !(name in Environment.shape)));
});

test("a slip is a letter that is wrong, missing, too many or swapped with its neighbour", () => {
  assert.equal(slipsBetween("TLS", "TLS"), 0);
  assert.equal(slipsBetween("TSL", "TLS"), 1);
  assert.equal(slipsBetween("TL", "TLS"), 1);
  assert.equal(slipsBetween("", "TLS"), 3);
});

test("a setting that would do nothing is told", () => {
  assert.deepEqual(problemsOf({ RAADHUIS_TLS_CERT: "a.pem" }), ["settings.unused RAADHUIS_TLS_CERT"]);
  assert.deepEqual(problemsOf({ RAADHUIS_PROXIES: "127.0.0.1" }), ["settings.unused RAADHUIS_PROXIES"]);
  assert.deepEqual(problemsOf({ RAADHUIS_URL: "https://a.example" }), ["settings.needs-tls RAADHUIS_TLS"]);
});

test("everything that is wrong is told at once", () => {
  const wrong = { PORT: "65535", RAADHUIS_TSL: "files", RAADHUIS_URL: "http://a.example/raad", RAADHUIS_DELAY: "x" };
  assert.deepEqual(problemsOf(wrong).sort(), [
    "settings.invalid PORT",
    "settings.invalid RAADHUIS_DELAY",
    "settings.invalid RAADHUIS_URL",
    "settings.unknown RAADHUIS_TSL",
  ]);
});
