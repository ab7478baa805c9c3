import type { FastifyInstance } from "fastify";
import { houseError } from "../errors.ts";

/** `healthz`: this process runs. `readyz`: it can do its work, which is to say that the store answers. */
export function answerHealth(app: FastifyInstance, ping: () => Promise<void>): void {
  app.get("/healthz", { config: { anyHost: true, who: "anyone" } }, async () => ({ ok: true }));
  app.get("/readyz", { config: { anyHost: true, who: "anyone" } }, async (request) => {
    try {
      await ping();
    } catch (error) {
      request.log.error({ err: error }, "the store does not answer");
      throw houseError("house.failed", "The store does not answer.");
    }
    return { ok: true };
  });
}
