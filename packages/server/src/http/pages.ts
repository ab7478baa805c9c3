import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { houseError } from "../errors.ts";
import { isDecodable, wantsPage } from "./addresses.ts";

/** Addresses that the pages' own router knows. A GET of any of them changes nothing. */
const pagePaths = ["/", "/office", "/office/*", "/m/*"];

const YEAR_SECONDS = 365 * 24 * 3600;

/**
 * The pages of the chamber and the office, as built into `folder`; their addresses answer 404 while it is not there. A
 * browser gets a page at every other address too: it puts mangled links right, and else says so in the reader's words.
 */
export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  const index = join(folder, "index.html");
  // The files' own route takes no config.
  app.addHook("onRoute", (route) => {
    if (route.url === "/*") route.config = { ...route.config, who: "anyone" };
  });
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
  for (const path of pagePaths)
    app.get(path, { config: { who: "anyone" } }, async (_request, reply) => {
      if (!existsSync(index)) throw houseError("request.not-found", "The pages have not been built.");
      return reply.sendFile("index.html");
    });
  app.setNotFoundHandler((request, reply) => {
    const error = houseError(isDecodable(request.originalUrl) ? "request.not-found" : "request.malformed");
    reply.code(error.status);
    return wantsPage(request) && existsSync(index) ? reply.sendFile("index.html") : reply.send(error.body());
  });
}
