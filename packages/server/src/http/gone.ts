import type { FastifyReply } from "fastify";

/** Aborts when whoever asked has gone before the answer. */
export function goneBefore({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) gone.abort();
  });
  if (raw.destroyed) gone.abort();
  return gone.signal;
}
