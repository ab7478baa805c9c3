/** What of one's own goes on the wire. */
export interface Sending {
  microphone: boolean;
  camera: boolean;
}

/**
 * What a page sends after it moved to another epoch's room. On air nobody speaks or is seen by accident: everything
 * starts off until the person confirms (`prompt`). The other way round nobody is exposed: all comes back as it was.
 */
export function carryOver(before: Sending, onAir: boolean): Sending & { prompt: boolean } {
  return onAir ? { microphone: false, camera: false, prompt: true } : { ...before, prompt: false };
}

/**
 * Is the room of this ticket on air? When the page has not yet folded that epoch it is taken to be: silence harms
 * nobody.
 */
export function isAir(ticketEpoch: number, present: { number: number; onAir: boolean } | null): boolean {
  return present === null || present.number !== ticketEpoch || present.onAir;
}
