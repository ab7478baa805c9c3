import { PartyName, PersonName } from "@raadhuis/meeting";
import { Person, PersonBody } from "@raadhuis/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { houseError } from "../errors.ts";
import { newId } from "../random.ts";
import type { Store } from "../store/store.ts";
import { clerkOfRequest } from "./session.ts";

const personParams = z.object({ person: z.string() });
/** The meeting's words are stricter than the request's: no control characters, no changes of direction. */
const words = PersonBody.extend({ name: PersonName, party: PartyName.nullable() });

/** An empty party is no party. */
const personOf = (body: z.infer<typeof PersonBody>, id: string): Person => {
  const parsed = words.safeParse({ ...body, party: body.party === "" ? null : body.party });
  if (!parsed.success) throw houseError("request.malformed", z.prettifyError(parsed.error));
  return { id, ...parsed.data };
};

/** The roster: whom the clerk picks seats from. */
export function rosterRoutes(app: FastifyInstance, store: Store): void {
  const http = app.withTypeProvider<ZodTypeProvider>();

  http.get("/api/office/people", { schema: { response: { 200: z.array(Person) } } }, async (request) => {
    await clerkOfRequest(request, store);
    return store.house.people();
  });

  http.post("/api/office/people", { schema: { body: PersonBody, response: { 200: Person } } }, async (request) => {
    await clerkOfRequest(request, store);
    const person = personOf(request.body, newId());
    await store.house.addPerson(person, Date.now());
    return person;
  });

  http.put(
    "/api/office/people/:person",
    { schema: { params: personParams, body: PersonBody, response: { 200: Person } } },
    async (request) => {
      await clerkOfRequest(request, store);
      const person = personOf(request.body, request.params.person);
      if (!(await store.house.changePerson(person))) throw houseError("person.unknown");
      return person;
    },
  );

  http.delete(
    "/api/office/people/:person",
    { schema: { params: personParams, response: { 204: z.null() } } },
    async (request, reply) => {
      await clerkOfRequest(request, store);
      if (!(await store.house.removePerson(request.params.person))) throw houseError("person.unknown");
      return reply.code(204).send(null);
    },
  );
}
