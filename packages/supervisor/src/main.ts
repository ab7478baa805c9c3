import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { makeLog } from "@raadhuis/process";
import { internalNames, settingsOf } from "@raadhuis/protocol/settings";
import { argumentsOf, HELP } from "./arguments.ts";
import { lookAtCertificates } from "./certificates.ts";
import { claimDataFolder } from "./data-folder.ts";
import { House } from "./house.ts";
import { withFullPaths } from "./paths.ts";
import { portProblems } from "./ports.ts";
import { asJson, inWords } from "./words.ts";

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
/** How often those who wait for the start are told what it waits for, ms. */
const STILL_WAITING = 10_000;

process.stderr.on("error", () => {}); // a file on a full disk, for one: words are lost, not the house
const say = (text: string) => process.stderr.write(`raadhuis: ${text}\n`);
function refuse(problems: { code: string; message: string }[]): never {
  for (const { code, message } of problems) say(`${message} [${code}]`);
  process.exit(2);
}

const given = argumentsOf(process.argv.slice(2));
if (given === "help") {
  console.log(HELP);
  process.exit(0);
}
if ("problem" in given) refuse([{ code: "arguments.invalid", message: `${given.problem}\n\n${HELP}` }]);
const { demo, people, planned, json } = given.arguments;

const own = internalNames.filter((name) => process.env[name] !== undefined);
const secret = () => randomBytes(32).toString("base64url");
const env: NodeJS.ProcessEnv = {
  ...withFullPaths(process.env),
  RAADHUIS_DATA: process.env.RAADHUIS_DATA ? resolve(process.env.RAADHUIS_DATA) : join(root, "data"),
  // Libraries that print their own debugging otherwise, as rtc-node does, keep quiet.
  NODE_ENV: process.env.NODE_ENV ?? "production",
  // What was compiled once is not compiled again when a child is started anew: it listens sooner.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, ".cache", "compile"),
};
if (!process.env.LIVEKIT_URL)
  Object.assign(env, {
    ...{ LIVEKIT_API_KEY: "raadhuis", LIVEKIT_API_SECRET: secret() },
    RAADHUIS_ADMISSION_SECRET: secret(),
  });
else delete env.RAADHUIS_ADMISSION_SECRET;
const checked = settingsOf(env);
const reserved = own.map((name) => ({
  code: "settings.internal",
  message: `${name} is what the house tells its own processes: it cannot be set.`,
}));
if ("problems" in checked) refuse([...reserved, ...checked.problems]);
const { settings } = checked;

const certificates = lookAtCertificates(settings);
const [ports, claim] = await Promise.all([portProblems(settings), claimDataFolder(settings.data)]);
const problems = [...reserved, ...certificates.problems, ...ports, ...(claim ? [claim] : [])];
if (problems.length > 0) refuse(problems);

const logFolder = process.stderr.isTTY ? join(settings.data, "log") : null;
if (logFolder) mkdirSync(logFolder, { recursive: true, mode: 0o700 });
const log = makeLog(settings.log, { process: "supervisor" }, logFolder ? join(logFolder, "supervisor.log") : 2);

for (const { code, message } of certificates.warnings) {
  say(`${message} [${code}]`);
  log.warn({ code }, "certificate");
}

let stopping: Promise<void> | null = null;
const stop = (status: number) => {
  stopping ??= house.stop().then(() => process.exit(status));
};
let told = false;
const house = new House({
  root,
  settings,
  env,
  demo: demo ? { people, planned } : null,
  log,
  logFolder,
  onReady: (standing) => {
    if (json && told) return; // exactly one line
    told = true;
    console.log(json ? asJson(settings, standing) : inWords(settings, standing));
  },
  onHopeless: (part, { code, message }) => {
    say(`${part}: ${message} [${code}]`);
    stop(1);
  },
});
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => stop(0));
setInterval(() => {
  if (!told && !stopping) say(`waiting for ${house.awaited.join(", ")}${logFolder ? ` (logs: ${logFolder})` : ""}`);
}, STILL_WAITING).unref();
