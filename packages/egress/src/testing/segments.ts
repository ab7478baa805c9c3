import { FRAMES_PER_SEGMENT, SEGMENT_MS } from "../picture.ts";
import type { Segment } from "../segment.ts";

export const heading: Segment["heading"] = {
  body: "Voorbeeldstad",
  title: "Raad",
  startsAt: 0,
  zone: "Europe/Amsterdam",
  agenda: [],
};

/** A whole segment in a row of them that began at time 0. */
export function segment(number: number, with_: Partial<Segment> = {}): Segment {
  return {
    number,
    run: 0,
    at: number * SEGMENT_MS,
    frames: FRAMES_PER_SEGMENT,
    bytes: 3,
    more: {},
    live: true,
    record: true,
    timeline: [],
    heading,
    ...with_,
  };
}

export const segments = (count: number, with_: Partial<Segment> = {}): Segment[] =>
  Array.from({ length: count }, (_, number) => segment(number, with_));
