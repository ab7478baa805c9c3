import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mediaRightsOf } from "@raadhuis/meeting";
import { type Settings, setUpLink } from "@raadhuis/protocol";
import { makeApp } from "./http/app.ts";
import { answerHealth } from "./http/health.ts";
import { servePages } from "./http/pages.ts";
import type { Log } from "./log.ts";
import { MediaServer } from "./media/mediaserver.ts";
import { MediaProxy } from "./media/proxy.ts";
import { Steward } from "./media/steward.ts";
import { type Keys, Tickets } from "./media/tickets.ts";
import type { ConnectionContext } from "./meetings/connection.ts";
import { Hub } from "./meetings/hub.ts";
import { Meetings } from "./meetings/meetings.ts";
import { Presence } from "./meetings/presence.ts";
import { officeDoorRoutes } from "./office/doorRoutes.ts";
import { meetingRoutes } from "./office/meetingRoutes.ts";
import { rosterRoutes } from "./office/rosterRoutes.ts";
import { hashOf, newSecret } from "./random.ts";
import { seatRoutes } from "./seats/routes.ts";
import { openStore } from "./store/store.ts";

const PING_MS = 10_000;
const HOUSEKEEPING_MS = 3600_000;
const DAY_MS = 24 * 3600_000;

const insidePages = fileURLToPath(new URL("../../web/dist/inside", import.meta.url));

export interface HouseOptions {
  settings: Settings;
  log: Log;
  /** Folder of the built pages. */
  pages?: string;
  /** How long after its last page a seat counts as gone. */
  graceMs?: number;
}

export interface OpenHouse {
  port: number;
  /** While the house is not set up: the way to do so, for whoever started it. Never logged. */
  setUpLink: string | undefined;
  close(): Promise<void>;
}

/** Builds the chamber and the office, and listens. Throws what `listen` throws when the port is taken. */
export async function openHouse({ settings, log, pages = insidePages, graceMs }: HouseOptions): Promise<OpenHouse> {
  const store = await openStore(join(settings.data, "raadhuis.db"));
  const meetings = new Meetings({ record: store.record, log });
  const hub = new Hub();
  const presence = new Presence({ meetings, hub, log, graceMs });
  const keys = keysOf(settings);
  const tickets = new Tickets(keys);
  const mediaServer = new MediaServer(settings.livekit.url, keys);
  const steward = new Steward({ server: mediaServer, meetings, log });
  const proxy = new MediaProxy({
    url: settings.livekit.url,
    tickets,
    meetings,
    log,
    strayed: (meeting) => steward.check(meeting),
  });
  const context: ConnectionContext = {
    meetings,
    hub,
    ticketFor: (state, seat) => tickets.forSeat(state, seat),
    greetOffice: () => undefined,
    log,
  };

  // Pages first: people move to a new room by the ticket they get here, while the old one is being deleted.
  meetings.follow((change) => hub.tell(change));
  meetings.follow(({ after }) => proxy.follow(after));
  meetings.follow((change) =>
    steward.follow(change, (seat) => {
      const state = meetings.peek(change.after.id);
      const rights = state && mediaRightsOf(state, seat);
      if (rights)
        for (const page of hub.ofSeat(change.after.id, seat))
          if (page.isIn) page.send({ type: "rights", publish: rights.publish });
    }),
  );
  hub.watch((meeting) => presence.check(meeting));

  const app = await makeApp(settings, log);
  answerHealth(app, store.ping);
  const secure = settings.chamber.url.startsWith("https:");
  seatRoutes(app, { store, context, secure });
  officeDoorRoutes(app, { store, settings, hub, onSetUp: () => undefined });
  rosterRoutes(app, store);
  meetingRoutes(app, { store, settings, context });
  proxy.register(app);
  await servePages(app, pages);

  const secret = (await store.house.body()) ? undefined : newSecret();
  if (secret) await store.access.putSetUpLink(hashOf(secret));
  try {
    await app.listen({ host: settings.chamber.bind, port: settings.chamber.port });
  } catch (error) {
    await store.close();
    throw error;
  }
  steward.start();
  const pings = setInterval(() => {
    for (const connection of hub.all()) connection.ping();
  }, PING_MS);
  const keepHouse = async () => {
    await store.record.forgetCommands(Date.now() - DAY_MS);
    await store.access.forgetLapsed(Date.now());
  };
  const housekeeping = setInterval(() => {
    keepHouse().catch((error) => log.error({ err: error }, "housekeeping failed"));
  }, HOUSEKEEPING_MS);
  await wake(store.record.summaries(), async ({ id }) => {
    await meetings.load(id);
    presence.check(id);
  });

  return {
    port: settings.chamber.port,
    setUpLink: secret && setUpLink(settings.chamber.url, secret),
    async close() {
      clearInterval(pings);
      clearInterval(housekeeping);
      presence.stop();
      steward.stop();
      for (const connection of hub.all()) connection.close(1001, "the server goes away");
      proxy.close();
      await app.close();
      await store.close();
    },
  };
}

/** Meetings that are not over are taken up where they were. */
async function wake<T extends { phase: string }>(
  summaries: Promise<T[]>,
  takeUp: (summary: T) => Promise<void>,
): Promise<void> {
  for (const summary of await summaries) if (summary.phase !== "closed") await takeUp(summary);
}

/** Without keys of a media server every ticket is signed with a key that nobody has. */
const keysOf = ({ livekit }: Settings): Keys => ({
  apiKey: livekit.apiKey ?? "none",
  apiSecret: livekit.apiSecret ?? randomBytes(32).toString("base64url"),
});
