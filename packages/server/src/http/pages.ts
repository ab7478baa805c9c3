import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { isNavigation } from "@raadhuis/protocol";
import type { FastifyInstance } from "fastify";
import { houseError } from "../errors.ts";

/** Addresses that the pages' own router knows. A GET of any of them changes nothing. */
const pagePaths = ["/", "/office", "/office/*", "/m/*"];

const YEAR_SECONDS = 365 * 24 * 3600;

/** The pages of the chamber and the office, as built into `folder`; their addresses answer 404 while it is not there. */
export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  const index = join(folder, "index.html");
  if (existsSync(index))
    await app.register(fastifyStatic, {
      root: folder,
      index: false,
      cacheControl: false,
      setHeaders(reply, path) {
        const immutable = path.startsWith(join(folder, "assets"));
        const cache = path === index ? "no-store" : "no-cache";
        reply.header("Cache-Control", immutable ? `public, max-age=${YEAR_SECONDS}, immutable` : cache);
      },
    });
  // An address that leads nowhere: whoever typed it reads so, in their language, from the pages' own router.
  app.setNotFoundHandler((request, reply) => {
    const page = isNavigation(request.method, request.headers.accept) && !/^\/(api|rtc)\b/.test(request.url);
    if (page && !request.ws && existsSync(index)) return reply.code(404).sendFile("index.html");
    const error = houseError("request.not-found");
    return reply.code(error.status).send(error.body());
  });
  for (const path of pagePaths)
    app.get(path, async (_request, reply) => {
      if (!existsSync(index)) throw houseError("request.not-found", "The pages have not been built.");
      return reply.sendFile("index.html");
    });
}
