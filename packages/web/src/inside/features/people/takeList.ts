import { PeopleList } from "@raadhuis/protocol/http";
import { doing } from "../../api/doing.ts";
import { inSession } from "../../api/house.ts";

/** A whole list becomes part of the roster, or nothing of it. */
export const action = doing(PeopleList, (list) => inSession.people.takeList({ body: list }));
