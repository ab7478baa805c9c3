import "./quiet.ts";

import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dispose } from "@livekit/rtc-node";
import { MeetingId } from "@raadhuis/meeting";
import { endBy, failed, makeLog, ready } from "@raadhuis/process";
import { settingsOf } from "@raadhuis/protocol/settings";
import { AV_LOG_ERROR } from "node-av/constants";
import { Log } from "node-av/lib";
import { z } from "zod";
import { Broadcast } from "./broadcast.ts";
import { foldersOf } from "./folders.ts";
import { listen } from "./http.ts";
import { sinksOf } from "./sinks/index.ts";

/** How long the stream's end stays playable before its segments go, ms. */
const LINGER_MS = 30_000;
/** Whatever hangs, a stop takes no longer, ms. */
const STOP_MS = 4000;

const Own = z.object({
  RAADHUIS_MEETING: MeetingId,
  /** For tests. */
  RAADHUIS_EGRESS_LINGER_MS: z.coerce.number().nonnegative().default(LINGER_MS),
});

function fail(code: string, message: string): never {
  failed({ code, message, final: true });
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

const own = Own.safeParse(process.env);
if (!own.success) fail("settings.invalid", `Egress cannot start: ${own.error.message}`);
const read = settingsOf(process.env);
if ("problems" in read) fail(read.problems[0]!.code, read.problems.map((problem) => problem.message).join("\n"));
const { settings } = read;
const meeting = own.data.RAADHUIS_MEETING;
const log = makeLog(settings.log, { process: "egress", meeting });
Log.setLevel(AV_LOG_ERROR);

mkdirSync(settings.data, { recursive: true });
const broadcast = await Broadcast.open({
  meeting,
  folders: foldersOf(settings.data, meeting),
  url: settings.livekit.url,
  log,
  sinks: sinksOf(meeting, settings),
  lingerMs: own.data.RAADHUIS_EGRESS_LINGER_MS,
});

let stopping = false;
// Keeps what is encoded and ends; the next egress of this meeting carries on.
endBy((reason) => {
  stopping = true;
  log.info({ reason }, "stopping");
  setTimeout(() => process.exit(1), STOP_MS).unref();
  broadcast.stop().catch((error) => log.error({ error: String(error) }, "not stopped cleanly"));
});

// Of this process alone: whoever has learned one has learned nothing of another egress, nor of the next.
const secret = randomBytes(32).toString("base64url");
const { port } = await listen({
  meeting,
  secret,
  take: (order) => broadcast.take(order),
  ready: () => !stopping,
});
ready({ port, secret });
log.info({ port }, "listening");

/** 0: finished, no other egress is needed. 1: stopped or failed on the way. */
async function run(): Promise<number> {
  try {
    const finished = await broadcast.run();
    log.info({ finished }, "ended");
    return finished ? 0 : 1;
  } catch (error) {
    log.error({ error: error instanceof Error ? error.stack : String(error) }, "failed");
    return 1;
  }
}
const code = await run();
// Native threads must not hold the process: what matters is on disk.
setTimeout(() => process.exit(code), 500).unref();
await dispose().catch(() => undefined);
process.exit(code);
