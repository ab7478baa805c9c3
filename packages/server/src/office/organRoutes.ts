import { OrganName } from "@raadhuis/meeting";
import { Organ, OrganBody } from "@raadhuis/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { houseError } from "../errors.ts";
import { newId } from "../random.ts";
import type { Store } from "../store/store.ts";
import { clerkOfRequest } from "./session.ts";

const organParams = z.object({ organ: z.string() });

/** The meeting's words are stricter than the request's: meetings are planned in this organ's name. */
const organWords = OrganBody.extend({ name: OrganName });

/** Councils, committees, colleges: whichever of them a meeting is of. */
export function organRoutes(app: FastifyInstance, store: Store): void {
  const http = app.withTypeProvider<ZodTypeProvider>();

  http.get("/api/office/organs", { schema: { response: { 200: z.array(Organ) } } }, async (request) => {
    await clerkOfRequest(request, store);
    return store.organs.all();
  });

  http.post("/api/office/organs", { schema: { body: organWords, response: { 200: Organ } } }, async (request) => {
    await clerkOfRequest(request, store);
    const organ = { id: newId(), name: request.body.name };
    const outcome = await store.organs.add(organ, Date.now());
    if (outcome !== "done") throw houseError(`organ.${outcome}`, undefined, { field: "name" });
    return organ;
  });

  http.put(
    "/api/office/organs/:organ",
    { schema: { params: organParams, body: organWords, response: { 200: Organ } } },
    async (request) => {
      await clerkOfRequest(request, store);
      const organ = { id: request.params.organ, name: request.body.name };
      const outcome = await store.organs.rename(organ);
      if (outcome !== "done") throw houseError(`organ.${outcome}`, undefined, { field: "name" });
      return organ;
    },
  );

  http.delete(
    "/api/office/organs/:organ",
    { schema: { params: organParams, response: { 204: z.null() } } },
    async (request, reply) => {
      await clerkOfRequest(request, store);
      if (!(await store.organs.remove(request.params.organ))) throw houseError("organ.unknown");
      return reply.code(204).send(null);
    },
  );
}
