import type { FromChild, SfuPart } from "@raadhuis/protocol/children";
import type { Settings } from "@raadhuis/protocol/settings";

type Ready = Extract<FromChild, { type: "ready" }>;

/** A process of the media server: its name among the house's parts, and what it is told to be. */
export interface MediaPart {
  name: string;
  part: SfuPart | undefined;
}

/** One process that does all; or, where there are several, a front and those that carry media behind it. */
export function mediaParts({ livekit, sfu }: Settings): MediaPart[] {
  if (!livekit.embedded) return [];
  if (sfu.processes === 1) return [{ name: "sfu", part: undefined }];
  const carriers = Array.from({ length: sfu.processes }, (_, index) => index + 1);
  return [{ name: "front", part: "front" }, ...carriers.map((number) => ({ name: `sfu-${number}`, part: number }))];
}

/** Of those that answer: which the front is to know. */
export function carriersOf(parts: readonly MediaPart[], ready: ReadonlyMap<string, Ready>) {
  return parts.flatMap(({ name, part }) => {
    const answers = ready.get(name);
    return typeof part === "number" && answers?.control !== undefined
      ? [{ number: part, port: answers.port, control: answers.control }]
      : [];
  });
}

/** Addresses at which any of them hears clients. */
export const mediaAddresses = (parts: readonly MediaPart[], ready: ReadonlyMap<string, Ready>): string[] => [
  ...new Set(parts.flatMap(({ name }) => ready.get(name)?.addresses ?? [])),
];
