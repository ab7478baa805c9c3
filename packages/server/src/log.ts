import { type Logger, pino } from "pino";

export type Log = Logger;

/**
 * NDJSON on stderr. What is logged is ids, codes and counts: never a name, a link, a secret, nor an address with its
 * query. Errors are written with their stack; whoever throws keeps secrets out of messages.
 */
export const makeLog = (level: string): Log =>
  pino(
    { level, base: { process: "server" }, redact: { paths: ["*.headers", "*.url", "err.config"], remove: true } },
    destination(),
  );

/** Where logs go may be full: then lines are lost, not the process. pino tries again with the next one. */
function destination() {
  const out = pino.destination({ dest: 2, sync: true, maxLength: 1024 * 1024 });
  out.on("error", () => {});
  return out;
}
