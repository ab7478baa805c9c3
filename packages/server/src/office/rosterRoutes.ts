import { MAX_LIST_BYTES, PeopleList, PeopleListDone, Person, PersonBody } from "@raadhuis/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { houseError } from "../errors.ts";
import { hashOf, newId } from "../random.ts";
import type { Store } from "../store/store.ts";
import { merge, wordsOf } from "./peopleList.ts";
import { beforeReading, clerkOfRequest } from "./session.ts";

const personParams = z.object({ person: z.string() });

/** The meeting's words are stricter than the request's: no control characters, no changes of direction. */
const personOf = (body: z.infer<typeof PersonBody>, id: string): Person => {
  const [words] = wordsOf({ people: [body] });
  if (!words) throw houseError("person.malformed");
  return { id, ...words };
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
    if (!(await store.house.addPerson(person, Date.now())))
      throw houseError("person.name-taken", undefined, { field: "name" });
    return person;
  });

  http.post(
    "/api/office/people/lists",
    {
      bodyLimit: MAX_LIST_BYTES,
      onRequest: beforeReading(store),
      schema: { body: PeopleList, response: { 200: PeopleListDone } },
    },
    async (request) => {
      const { clerk } = await clerkOfRequest(request, store);
      const { key, known, ...list } = request.body;
      const words = wordsOf(list);
      // The key alone is the page's word for it: another list is another one, whatever it is called.
      const done = hashOf(JSON.stringify([clerk.id, key, known, words]));
      return store.house.takeList(done, Date.now(), (roster) => merge(roster, words, known, newId));
    },
  );

  http.put(
    "/api/office/people/:person",
    { schema: { params: personParams, body: PersonBody, response: { 200: Person } } },
    async (request) => {
      await clerkOfRequest(request, store);
      const person = personOf(request.body, request.params.person);
      const outcome = await store.house.changePerson(person);
      if (outcome !== "done")
        throw houseError(`person.${outcome}`, undefined, outcome === "name-taken" ? { field: "name" } : undefined);
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
