import type { Rights, Ticket } from "../ticket/ticket.ts";

/**
 * Rights that were changed in a room, by identity. Whoever comes in again with a ticket from before the change has the
 * changed rights and not the ticket's, so that nobody gets back by joining anew what was taken. Times in s since 1970:
 * a ticket made in the same second as the change passes for a newer one. In a house the chamber's proxy has compared the
 * ticket with the seat's present rights before.
 */
export class ChangedRights {
  readonly #changed = new Map<string, { rights: Rights; at: number }>();

  note(identity: string, rights: Rights, at: number): void {
    this.#changed.set(identity, { rights: structuredClone(rights), at });
  }

  apply(ticket: Ticket): void {
    const changed = this.#changed.get(ticket.identity);
    if (changed === undefined || ticket.notBefore >= changed.at) return;
    const { hidden, recorder } = ticket.rights;
    Object.assign(ticket.rights, structuredClone(changed.rights), { hidden, recorder });
  }
}
