/**
 * Which codecs of video are carried. `vp8`: it alone, as in a house, where every page sends it. A frame of VP8 states its
 * size where it can be looked at (install/PictureLimit.h) and has eight bits; in other codecs whoever means ill can hide
 * more from us than only decoding would find.
 */
export type Pictures = "all" | "vp8";

/** What a media server makes of its clients' wishes, by whom it serves. */
export interface Customs {
  pictures: Pictures;
  /** No publisher says who receives it: the public hears what the chamber hears, and the chair what anybody does. */
  everybodyHears: boolean;
  /**
   * Somebody publishes one track of each source: what they publish beside it ends it. Of several each client would choose
   * for itself, and the public would see and hear another than the chamber does.
   */
  oneOfEachSource: boolean;
}

/** Of a media server without a house: a LiveKit like any other. */
export const livekits: Customs = { pictures: "all", everybodyHears: false, oneOfEachSource: false };

/** Of a media server that serves a house. */
export const houses: Customs = { pictures: "vp8", everybodyHears: true, oneOfEachSource: true };
