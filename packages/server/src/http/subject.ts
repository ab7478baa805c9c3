import { z } from "zod";
import type { Askers } from "./rights.ts";

/** Whose account or seat something was, where that is known: ids, never a name, an address of mail or a secret. */
export interface Subject {
  clerk?: string | undefined;
  meeting?: string | undefined;
  seat?: string | undefined;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Whose account or seat this request turned out to be about. Written by serve.ts alone. */
    subject: Subject | undefined;
  }
}

const Named = z.object({ meeting: z.string().optional(), seat: z.string().optional() }).catch({});

/** What is known of that when a request has been let in and parsed: the seat that its address names, and whose right it came by. */
export function subjectOf(asker: Askers[keyof Askers], params: unknown): Subject {
  const own: Subject = "clerk" in asker ? { clerk: asker.clerk.id } : "seat" in asker ? asker : {};
  const { meeting = own.meeting, seat = own.seat } = Named.parse(params);
  return { clerk: own.clerk, meeting, seat };
}
