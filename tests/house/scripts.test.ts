import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { z } from "zod";

const root = join(import.meta.dirname, "..", "..");
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));

/** The environment of somebody at a terminal: the system's own Node, nothing of npm's or of the test runner's. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|RAADHUIS_)/i.test(name)));
env.PATH = (env.PATH ?? "")
  .split(delimiter)
  .filter((part) => !part.includes("node_modules"))
  .join(delimiter);

/** How to call each script so that it soon ends, and what it then says. */
const calls: Record<string, { args: string[]; says: RegExp; status?: number }> = {
  start: { args: ["--help"], says: /bin\/start \[--demo/ },
  test: { args: ["no/such/test"], says: /0 passed, 1 failed/, status: 1 },
  check: { args: ["--version"], says: /Version \d/ },
  lint: { args: ["--help"], says: /biome check|Runs formatter, linter/i },
  contract: { args: ["--help"], says: /--engine raadhuis\|livekit/ },
  fuzz: { args: ["--help"], says: /npm run fuzz/ },
  medooze: { args: ["--help"], says: /npm run medooze tree FOLDER/ },
  newcomer: { args: ["--help"], says: /npm run newcomer/ },
  bench: { args: ["--help"], says: /npm run bench <name>/, status: 2 },
};

test("every npm script is tried here", () => assert.deepEqual(Object.keys(calls).sort(), Object.keys(scripts).sort()));

for (const [script, { args, says, status = 0 }] of Object.entries(calls))
  test(`npm run ${script} starts from the system's own Node`, () => {
    const run = spawnSync("npm", ["run", script, "--", ...args], {
      cwd: root,
      env,
      encoding: "utf8",
      timeout: 600_000,
    });
    assert.equal(run.status, status, run.stdout + run.stderr);
    assert.match(run.stdout + run.stderr, says);
  });

const inRuntime = (code: string) =>
  spawn("node", [join(root, "bin/in-runtime.mjs"), "-e", code], {
    cwd: "/",
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });

test("what bin/in-runtime.mjs runs, runs in the pinned runtime", async () => {
  const child = inRuntime("console.log(process.version)");
  const [said] = await once(child.stdout.setEncoding("utf8"), "data");
  assert.equal(String(said).trim(), process.version);
  assert.match(process.version, /^v24\./);
});

test("bin/in-runtime.mjs hands on signals and the exit status", async () => {
  const child = inRuntime(
    'process.on("SIGTERM", () => process.exit(7)); console.log("up"); setInterval(() => {}, 1000)',
  );
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  assert.deepEqual(await once(child, "exit"), [7, null]);
});
