import type { Transport } from "../engine/medooze.ts";
import type { Section } from "../sdp/offer.ts";

/** What becomes of the application section (data channels, RFC 8841) of one peer connection. */
export interface DataSection {
  /**
   * Attribute lines with which the client's section is taken, those of SCTP only (`a=sctp-port:5000`); transport and
   * mid are not among them. `null`: it is refused, with port 0 and out of BUNDLE.
   */
  answer(section: Section): string[] | null;
  /** The section of an offer of ours, where we are the one who offers; `null`: we offer none. */
  offer(): { protocol: string; format: string; lines: string[] } | null;
  /** Both sides have agreed on the section, and this transport carries it. Said once. */
  open(transport: Transport): void;
}

/** Refused, and never offered. */
export const noData: DataSection = { answer: () => null, offer: () => null, open: () => {} };
