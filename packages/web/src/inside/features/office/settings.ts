import { IdentifierBody, ZoneBody } from "@raadhuis/protocol/http";
import { z } from "zod";
import { doing } from "../../api/doing.ts";
import { inSession } from "../../api/house.ts";

/** What holds for the whole body is changed. */
export const settings = doing(z.union([ZoneBody, IdentifierBody]), (wanted) =>
  "zone" in wanted
    ? inSession.office.changeZone({ body: wanted })
    : inSession.office.changeIdentifier({ body: wanted }),
);
