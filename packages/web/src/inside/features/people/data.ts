import { PersonBody } from "@raadhuis/protocol/http";
import { z } from "zod";
import { doing } from "../../api/doing.ts";
import { inSession } from "../../api/house.ts";

export const loader = () => inSession.people.list();

const Wanted = z.discriminatedUnion("act", [
  z.object({ act: z.literal("add"), person: PersonBody }),
  z.object({ act: z.literal("change"), id: z.string(), person: PersonBody }),
  z.object({ act: z.literal("remove"), id: z.string() }),
]);

/** The roster is kept. */
export const action = doing<typeof Wanted, unknown>(Wanted, (wanted) => {
  switch (wanted.act) {
    case "add":
      return inSession.people.add({ body: wanted.person });
    case "change":
      return inSession.people.change({ params: { person: wanted.id }, body: wanted.person });
    case "remove":
      return inSession.people.remove({ params: { person: wanted.id } });
  }
});
