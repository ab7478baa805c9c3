import { createHash } from "node:crypto";
import { type AgendaPart, PartName, type TimelineIndex, type TimelinePart } from "@raadhuis/protocol/public";

/** A public file that never changes. */
export interface Part {
  name: PartName;
  text: string;
}

export function partOf(content: AgendaPart | TimelineIndex | TimelinePart): Part {
  const text = JSON.stringify(content);
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 32);
  return { name: PartName.parse(`parts/${hash}.json`), text };
}
