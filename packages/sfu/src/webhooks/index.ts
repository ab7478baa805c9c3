import type { Log } from "../base/log.ts";
import { noWatcher, type RoomWatcher } from "../room/watcher.ts";
import type { ApiKey } from "../ticket/ticket.ts";
import { Delivery } from "./delivery.ts";
import { eventsOf } from "./events.ts";

/** Where events go, and with which key they are signed. */
export interface WebhookOptions {
  urls: readonly string[];
  signedBy: ApiKey;
}

/** Tells every address all that happens. Without addresses nothing leaves this process. */
export function webhooks(options: WebhookOptions | undefined, log: Log): RoomWatcher {
  if (options === undefined || options.urls.length === 0) return noWatcher;
  const deliveries = options.urls.map(
    (url) => new Delivery(url, options.signedBy, log.child({ host: new URL(url).host })),
  );
  // Each has its own copy: how many were dropped differs.
  return eventsOf((room, event) => {
    for (const delivery of deliveries) delivery.send(room, event.clone());
  });
}
