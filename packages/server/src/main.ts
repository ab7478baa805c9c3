import { answerPings, type FromChild, Ping, ToServer } from "@raadhuis/protocol/children";
import { settingsOf } from "@raadhuis/protocol/settings";
import { openHouse } from "./house.ts";
import { makeLog } from "./log.ts";

/** Exit codes: 0 asked to end, 1 could not start. */
const tell = (message: FromChild): void => {
  process.send?.(message);
};

function fail(code: string, message: string, final: boolean): void {
  tell({ type: "failed", code, message, final });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}

async function start(): Promise<void> {
  const read = settingsOf(process.env);
  if ("problems" in read) {
    const [first] = read.problems;
    const message = read.problems.map((problem) => problem.message).join("\n");
    process.stderr.write(`${message}\n`);
    return fail(first?.code ?? "settings.invalid", message, true);
  }
  const { settings } = read;
  const log = makeLog(settings.log);
  try {
    const admissionSecret = process.env.RAADHUIS_ADMISSION_SECRET;
    const house = await openHouse({ settings, log, tell, admissionSecret });
    process.on("message", (raw) => {
      const message = ToServer.safeParse(raw);
      if (message.success) house.hear(message.data);
      else if (!Ping.safeParse(raw).success) log.warn("the supervisor said something unknown");
    });
    const end = endOnce(async (reason: string) => {
      log.info({ reason }, "ending");
      setTimeout(() => process.exit(0), 3_000).unref();
      await house.close();
      process.exit(0);
    });
    process.once("SIGTERM", () => end("SIGTERM"));
    process.once("SIGINT", () => end("SIGINT"));
    process.once("disconnect", () => end("the supervisor is gone"));
    log.info({ port: house.port }, "ready");
    answerPings(process);
    tell({ type: "ready", port: house.port, ...(house.setUpLink ? { setUpLink: house.setUpLink } : {}) });
  } catch (error) {
    log.fatal({ err: error }, "could not start");
    const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    const { port } = settings.chamber;
    if (taken) fail("port.in-use", `Port ${port} is in use by another program. Set PORT to a free one.`, true);
    else fail("server.failed", error instanceof Error ? error.message : String(error), false);
  }
}

function endOnce(end: (reason: string) => Promise<void>): (reason: string) => void {
  let ending = false;
  return (reason) => {
    if (ending) return;
    ending = true;
    end(reason).catch(() => process.exit(1));
  };
}

await start();
