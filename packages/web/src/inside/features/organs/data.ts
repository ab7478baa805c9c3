import { OrganId, OrganName } from "@raadhuis/meeting";
import { z } from "zod";
import { doing } from "../../api/doing.ts";
import { inSession } from "../../api/house.ts";

export const loader = () => inSession.organs.list();

const Wanted = z.discriminatedUnion("act", [
  z.object({ act: z.literal("add"), name: OrganName }),
  z.object({ act: z.literal("rename"), organ: OrganId, name: OrganName }),
  z.object({ act: z.literal("remove"), organ: OrganId }),
]);

/** The list of organs is kept. */
export const action = doing<typeof Wanted, unknown>(Wanted, (wanted) => {
  switch (wanted.act) {
    case "add":
      return inSession.organs.add({ body: { name: wanted.name } });
    case "rename":
      return inSession.organs.rename({ params: { organ: wanted.organ }, body: { name: wanted.name } });
    case "remove":
      return inSession.organs.remove({ params: { organ: wanted.organ } });
  }
});
