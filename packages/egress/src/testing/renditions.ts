import { RENDITIONS, type Rendition, type Renditions } from "../renditions.ts";

export const SMALL: Rendition = {
  id: "360p",
  width: 640,
  height: 360,
  bitRate: 500_000,
  mostBitRate: 600_000,
  level: 30,
};
/** A broadcast of two. */
export const TWO: Renditions = [RENDITIONS[0], SMALL];
