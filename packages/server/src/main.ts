import { endBy, failed, ready, tell } from "@raadhuis/process";
import { Ping, ToServer } from "@raadhuis/protocol/children";
import { settingsOf } from "@raadhuis/protocol/settings";
import { openHouse } from "./house.ts";
import { makeLog } from "./log.ts";
import { PartFailed } from "./parts/lives.ts";
import { NotOneHouse } from "./servers/oneHouse.ts";

/** Whatever hangs, closing takes no longer, ms. */
const CLOSING_MS = 3_000;

/** Exit codes: 0 asked to end, 1 could not start. */
async function start(): Promise<void> {
  const read = settingsOf(process.env);
  if ("problems" in read) {
    const [first] = read.problems;
    const message = read.problems.map((problem) => problem.message).join("\n");
    process.stderr.write(`${message}\n`);
    return failed({ code: first?.code ?? "settings.invalid", message, final: true });
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
    endBy((reason) => {
      log.info({ reason }, "ending");
      setTimeout(() => process.exit(0), CLOSING_MS).unref();
      house.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
    log.info({ port: house.port }, "ready");
    ready({ port: house.port, ...(house.setUpLink ? { setUpLink: house.setUpLink } : {}) });
  } catch (error) {
    log.fatal({ err: error }, "could not start");
    const cause = error instanceof PartFailed ? error.cause : error;
    const taken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    const { port } = settings.chamber;
    const message = error instanceof Error ? error.message : String(error);
    if (cause instanceof NotOneHouse) failed({ code: cause.code, message: cause.message, final: true });
    else if (!taken) failed({ code: "server.failed", message, final: false });
    else
      failed({
        code: "port.in-use",
        message: `Port ${port} is in use by another program. Set PORT to a free one.`,
        final: true,
      });
  }
}

await start();
