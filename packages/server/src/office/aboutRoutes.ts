import { routes, sockets } from "@raadhuis/protocol/http";
import type { Settings } from "@raadhuis/protocol/settings";
import type { FastifyInstance } from "fastify";
import { openApiOf } from "../http/openapi.ts";
import { serve } from "../http/serve.ts";
import type { Store } from "../store/store.ts";
import type { BodyZone } from "./bodyZone.ts";

interface AboutOptions {
  store: Pick<Store, "house">;
  settings: Pick<Settings, "chamber" | "gallery">;
  zone: Pick<BodyZone, "present">;
}

/** What the house says of itself, to anybody. */
export function aboutRoutes(app: FastifyInstance, { store, settings, zone }: AboutOptions): void {
  const description = { ...openApiOf({ ...routes, sockets }, settings.chamber.url) };
  serve(app, routes.house, {
    get: async () => {
      const body = await store.house.body();
      return { body: body?.name ?? null, zone: zone.present, gallery: settings.gallery.url, demo: body?.demo ?? false };
    },
    describe: async () => description,
  });
}
