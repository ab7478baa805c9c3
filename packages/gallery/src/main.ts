import { dirname, join } from "node:path";
import { endBy, failed, ready } from "@raadhuis/process/child";
import { plainLog } from "@raadhuis/process/plainLog";
import { WrongDoors } from "@raadhuis/protocol/door";
import { settingsOf } from "@raadhuis/protocol/settings";
import { listen } from "./listen.ts";

/** The gallery's process; runs from its bundle in `dist/`, under Node's permission model (supervisor/src/gallery.ts). */
const log = plainLog("gallery");

function fail(code: string, message: string): never {
  failed({ code, message, final: true });
  log("error", message, { code });
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
      "warn",
      "a request came for another host than RAADHUIS_GALLERY_URL says: does a proxy pass Host on as it is?",
      told,
    ),
  ),
};

const server = await listen(settings.gallery, gallery, (error) =>
  log("error", "request failed", { err: String(error) }),
).catch((error: NodeJS.ErrnoException) => {
  const { bind, port } = settings.gallery;
  if (error.code === "EADDRINUSE") fail("port.in-use", `TCP port ${port} on ${bind} is in use. Set GALLERY_PORT.`);
  fail("gallery.failed", `The gallery cannot open its door: ${error.message}`);
});

endBy(() => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
log("info", "ready", { port: settings.gallery.port });
ready({ port: settings.gallery.port });
