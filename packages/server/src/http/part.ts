import type { Settings } from "@raadhuis/protocol/settings";
import type { Log } from "../log.ts";
import type { Part } from "../parts/part.ts";
import type { Store } from "../store/store.ts";
import { makeApp } from "./app.ts";
import { answerHealth } from "./health.ts";
import { Known } from "./known.ts";
import { servePages } from "./pages.ts";
import { admitByRight, type Guards } from "./rights.ts";

export interface HttpOptions {
  settings: Pick<Settings, "chamber" | "locale">;
  store: Pick<Store, "access" | "ping">;
  /** Who is let in where a right is wanted. */
  guards: Guards;
  log: Log;
  now: () => number;
}

/**
 * The HTTP server: its walls, its health, and who may ask. All parts between this one and its `door` have their routes in
 * `app`; the door opens when they have started, and closes before they stop.
 */
export async function httpPart({ settings, store, guards, log, now }: HttpOptions) {
  const known = new Known({
    lives: async (session) =>
      (await store.access.seatSession(session, now())) !== undefined ||
      (await store.access.clerkSession(session, now())) !== undefined,
  });
  const app = await makeApp({ settings, log, known });
  answerHealth(app, store.ping);
  // Before all routes but those of health: it looks at each when it is added.
  admitByRight(app, guards);

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= app.close();
    return closing;
  };
  const part: Part = { name: "http", stop: close };
  const door: Part = {
    name: "door",
    async start() {
      await app.listen({ host: settings.chamber.bind, port: settings.chamber.port });
    },
    stop() {
      // It is closed when those who are inside have gone, which they do by their own parts: `http` waits for that.
      close().catch(() => undefined);
    },
  };
  return { part, app, door };
}

/** The pages, as built into `folder`. */
export function filesPart(folder: string) {
  const part: Part = { name: "files", routes: (app) => servePages(app, folder) };
  return { part };
}
