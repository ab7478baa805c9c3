import type { IncomingMessage } from "node:http";
import { DeleteRoomRequest } from "@livekit/protocol";
import { z } from "zod";
import type { Claims } from "../ticket/ticket.ts";
import type { CarrierLink } from "./carrierLink.ts";
import type { Carriers } from "./carriers.ts";
import { type Answer, ask, unavailable } from "./forward.ts";
import { mergeRooms } from "./merge.ts";

/** What every process is to know, whichever has the room: that it is deleted, that somebody's tickets are taken back. */
const toldToAll = new Set(["DeleteRoom", "RemoveParticipant"]);

/** Calls of RoomService, each asked of the process that has its room, or of all. */
export class ServiceCalls {
  readonly #carriers: Carriers;

  constructor(carriers: Carriers) {
    this.#carriers = carriers;
  }

  /** @param claims those of a good ticket: a room is placed for whoever may create it, and for nobody else */
  async answer(request: IncomingMessage, name: string, body: Buffer, claims: Claims): Promise<Answer> {
    const room = roomOf(request, body);
    const isNew = name === "CreateRoom" && claims.video.roomCreate && room !== null;
    const use = isNew ? await this.#carriers.use(room) : null;
    try {
      const settled = await this.#carriers.settled();
      const holder = use?.carrier ?? (room === null ? null : this.#carriers.holder(room));
      const all = settled ? this.#carriers.attached : [];
      const first = holder ?? all[0];
      if (first === undefined) return unavailable;
      if (name !== "ListRooms" && !toldToAll.has(name)) return await ask(first, request, body);
      const answers = await Promise.all(
        all.map(async (carrier) => ({ carrier, answer: await ask(carrier, request, body) })),
      );
      const merged = name === "ListRooms" ? mergeRooms(answers.map(({ answer }) => answer)) : bestOf(answers, first);
      return merged ?? unavailable;
    } finally {
      use?.done();
    }
  }
}

/** Of what all said to the same call: who did it; else who has the room. */
function bestOf(answers: readonly { carrier: CarrierLink; answer: Answer }[], holder: CarrierLink): Answer | null {
  const best = answers.find(({ answer }) => answer.status === 200) ?? answers.find(({ carrier }) => carrier === holder);
  return best?.answer ?? null;
}

const Named = z.object({ room: z.string().optional(), name: z.string().optional() });

/** The room that a call is about: in all of its requests the first field, `room` or `name`. */
function roomOf(request: IncomingMessage, body: Buffer): string | null {
  try {
    if (request.headers["content-type"]?.startsWith("application/protobuf"))
      return DeleteRoomRequest.fromBinary(body).room || null;
    const { room, name } = Named.parse(JSON.parse(body.toString()));
    return room || name || null;
  } catch {
    return null;
  }
}
