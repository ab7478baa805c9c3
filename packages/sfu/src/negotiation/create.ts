import type { MediaAddress } from "../ports/mediaPorts.ts";
import { DualConnection } from "./dual.ts";
import type { Form, Negotiation, NegotiationOwner } from "./negotiation.ts";
import { SingleConnection } from "./single.ts";

export const createNegotiation = (form: Form, media: MediaAddress, owner: NegotiationOwner): Negotiation =>
  form === "single" ? new SingleConnection(media, owner) : new DualConnection(media, owner);
