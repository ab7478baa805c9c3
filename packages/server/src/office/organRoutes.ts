import { routes } from "@raadhuis/protocol/http";
import type { FastifyInstance } from "fastify";
import { houseError } from "../errors.ts";
import { serve } from "../http/serve.ts";
import { newId } from "../random.ts";
import type { Store } from "../store/store.ts";

/** Councils, committees, colleges: whichever of them a meeting is of. */
export const organRoutes = (app: FastifyInstance, { store }: { store: Pick<Store, "organs" | "now"> }): void =>
  serve(app, routes.organs, {
    list: () => store.organs.all(),

    add: async ({ body: { name } }) => {
      const organ = { id: newId(), name };
      const outcome = await store.organs.add(organ, store.now());
      if (outcome !== "done") throw houseError(`organ.${outcome}`, { at: { field: "name" } });
      return organ;
    },

    rename: async ({ params, body: { name } }) => {
      const organ = { id: params.organ, name };
      const outcome = await store.organs.rename(organ);
      if (outcome === "unknown") throw houseError("organ.unknown");
      if (outcome !== "done") throw houseError(`organ.${outcome}`, { at: { field: "name" } });
      return organ;
    },

    remove: async ({ params }) => {
      if (!(await store.organs.remove(params.organ))) throw houseError("organ.unknown");
    },
  });
