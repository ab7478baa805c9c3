import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { missingIn } from "./missing.ts";
import { mirrorsIn, newcomersEnvironment, registrySettings } from "./settings.ts";

suite("what was missing is read from what was said", () => {
  // Named by their speakers: what is read is also the log of these tests.
  for (const [speaker, said, thing] of [
    ["Node", "Error: spawn tcpdump ENOENT", "tcpdump"],
    ["Node, waiting", "Error: spawnSync openssl ENOENT", "openssl"],
    ["Puppeteer", "Browser was not found at the configured executablePath (/usr/bin/chromium)", "/usr/bin/chromium"],
    ["dash, of exec", "/bin/sh: 1: exec: turnserver: not found", "turnserver"],
    ["dash", "sh: 3: vite: not found", "vite"],
    ["bash", "bin/start: line 5: dirname: command not found", "dirname"],
    ["bash, of a path", "/tmp/x.sh: line 2: /usr/bin/chromium: No such file or directory", "/usr/bin/chromium"],
    ["ip", 'exec of "sysctl" failed: No such file or directory', "sysctl"],
    ["the one before it", "unshare: failed to execute mount: No such file or directory", "mount"],
    ["env", "env: ‘node’: No such file or directory", "node"],
    ["make", "make[1]: g++: No such file or directory", "g++"],
    ["the linker", "x: error while loading shared libraries: libasound.so.2: cannot open shared", "libasound.so.2"],
    ["apt-get, of a name", "E: Unable to locate package chromium", "chromium"],
    ["apt-get", "E: Package 'coturn' has no installation candidate", "coturn"],
  ] as const)
    test(`by ${speaker}`, () => assert.deepEqual(missingIn(`before\n      ${said}\nbehind`).things, [thing]));

  test("each once, however often it was said", () => {
    const said = "Error: spawn nginx ENOENT\n".repeat(3);
    assert.deepEqual(missingIn(`${said}Error: spawn ip ENOENT`).things, ["ip", "nginx"]);
  });

  test("by set-up in its own words", () => {
    const { sentences } = missingIn("raadhuis: npm is missing, needed to install packages. [npm.missing]\n");
    assert.deepEqual(sentences, ["npm is missing, needed to install packages. [npm.missing]"]);
  });

  test("by tests that therefore did not run", () => {
    const said = "The contract on livekit: skipped: There is none.\n    skipped (there is no Go): joins (0 ms)\n";
    const { skipped, things } = missingIn(`${said}    ok: leaves (3 ms)\n`);
    assert.deepEqual([skipped, things], [["There is none.", "there is no Go"], []]);
  });

  test("nothing, where files are spoken of that a test expects not to be there", () => {
    const said = "ENOENT: no such file or directory, open '/tmp/a'\nok: a page that is not found (2 ms)\n";
    assert.deepEqual(missingIn(said), { things: [], sentences: [], skipped: [] });
  });
});

suite("a newcomer's machine gets the ways to registries of this one", () => {
  test("Debian's mirror, from either form of apt's sources; others' archives are not Debian", () => {
    const old =
      "deb [signed-by=/k] https://mirror.example/debian/ trixie main\n# deb http://no.example/debian x main\n";
    const stanzas =
      "Types: deb\nURIs: https://other.example/nodesource\n\nURIs: https://mirror.example/debian-security\n";
    const mirrors = { main: "https://mirror.example/debian", security: "https://mirror.example/debian-security" };
    assert.deepEqual(mirrorsIn([old, stanzas]), mirrors);
    assert.equal(mirrorsIn(["deb http://archive.example/ubuntu noble main"]).main, "http://deb.debian.org/debian");
  });

  test("npm's registry and what leads there, and no other setting", () => {
    const ways = [
      "registry=https://r.example/",
      "@scope:registry = https://s.example/",
      "//r.example/:_authToken=t",
      "https-proxy=http://p.example",
      "cafile=/etc/ca.pem",
      "strict-ssl=false",
    ];
    const others = ["nodedir=/usr", "prefix=/opt", "; registry=none", "key-of-mine=1"];
    assert.equal(registrySettings([...ways, ...others].join("\n")), `${ways.join("\n")}\n`);
  });

  test("proxies and certificates of the environment, and nothing else of it", () => {
    const here = {
      https_proxy: "http://p.example",
      NODE_EXTRA_CA_CERTS: "/ca.pem",
      NODE_OPTIONS: "-r x",
      CHROMIUM: "y",
    };
    const { https_proxy, NODE_EXTRA_CA_CERTS, ...rest } = newcomersEnvironment(here);
    assert.deepEqual([https_proxy, NODE_EXTRA_CA_CERTS], ["http://p.example", "/ca.pem"]);
    assert.deepEqual(Object.keys(rest).sort(), ["HOME", "LANG", "PATH", "TERM", "USER"]);
  });
});
