import { dirname, join } from "node:path";
import { answerPings, type FromChild } from "@raadhuis/protocol/children";
import { WrongDoors } from "@raadhuis/protocol/door";
import { settingsOf } from "@raadhuis/protocol/settings";
import { listen } from "./listen.ts";

/** The gallery's process; runs from its bundle in `dist/`, under Node's permission model (supervisor/src/gallery.ts). */
const tell = (message: FromChild) => process.send?.(message);
process.stderr.on("error", () => {}); // a file on a full disk, for one: lines are lost, not the gallery
/** As pino writes, without its machinery: one file that reads nothing needs no more. */
const log = (level: 30 | 40 | 50, msg: string, more: object = {}) =>
  process.stderr.write(`${JSON.stringify({ level, time: Date.now(), process: "gallery", ...more, msg })}\n`);

function fail(code: string, message: string): never {
  tell({ type: "failed", code, message, final: true });
  log(50, message, { code });
  process.exit(1);
}

const read = settingsOf(process.env);
if ("problems" in read) fail(read.problems[0]!.code, read.problems.map(({ message }) => message).join("\n"));
const { settings } = read;
const gallery = {
  released: join(settings.data, "public"),
  pages: join(dirname(dirname(import.meta.dirname)), "web", "dist", "outside"),
  url: settings.gallery.url,
  locale: settings.locale,
  wrongDoors: new WrongDoors((told) =>
    log(
      40,
      "a request came for another host than RAADHUIS_GALLERY_URL says: does a proxy pass Host on as it is?",
      told,
    ),
  ),
};

const server = await listen(settings.gallery, gallery, (error) =>
  log(50, "request failed", { err: String(error) }),
).catch((error: NodeJS.ErrnoException) => {
  const { bind, port } = settings.gallery;
  if (error.code === "EADDRINUSE") fail("port.in-use", `TCP port ${port} on ${bind} is in use. Set GALLERY_PORT.`);
  fail("gallery.failed", `The gallery cannot open its door: ${error.message}`);
});

function stop(): void {
  server.close(() => process.exit(0));
  server.closeAllConnections();
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);
log(30, "ready", { port: settings.gallery.port });
answerPings(process);
tell({ type: "ready", port: settings.gallery.port });
