import { routes } from "@raadhuis/protocol/http";
import type { FastifyInstance } from "fastify";
import { houseError } from "../errors.ts";
import { serve } from "../http/serve.ts";
import { hashOf, newId } from "../random.ts";
import type { Store } from "../store/store.ts";
import { merge, wordsOf } from "./peopleList.ts";

/** The roster: whom the clerk picks seats from. */
export const rosterRoutes = (app: FastifyInstance, { store }: { store: Pick<Store, "house" | "now"> }): void =>
  serve(app, routes.people, {
    list: () => store.house.people(),

    add: async ({ body }) => {
      const person = { id: newId(), ...body };
      if (!(await store.house.addPerson(person, store.now())))
        throw houseError("person.name-taken", { at: { field: "name" } });
      return person;
    },

    takeList: async ({ body: { key, known, people }, clerk }) => {
      const words = wordsOf(people);
      // The key alone is the page's word for it: another list is another one, whatever it is called.
      const done = hashOf(JSON.stringify([clerk.id, key, known, words]));
      return store.house.takeList(done, store.now(), (roster) => merge(roster, words, known, newId));
    },

    change: async ({ params, body }) => {
      const person = { id: params.person, ...body };
      const outcome = await store.house.changePerson(person);
      if (outcome === "unknown") throw houseError("person.unknown");
      if (outcome !== "done") throw houseError(`person.${outcome}`, { at: { field: "name" } });
      return person;
    },

    remove: async ({ params }) => {
      if (!(await store.house.removePerson(params.person))) throw houseError("person.unknown");
    },
  });
