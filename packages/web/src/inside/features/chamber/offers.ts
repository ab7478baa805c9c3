import { type MeetingState, type Seat, speaks } from "@raadhuis/meeting";
import type { MediaTicket } from "@raadhuis/protocol/socket";
import type { SessionView } from "../media/session.ts";

type Link = Pick<SessionView, "link">;

/** What the person may do themselves now; what is offered and may not be done is shown, but cannot be pressed. */
export interface Offers {
  microphone: boolean;
  camera: boolean;
  share: boolean;
  raiseHand: boolean;
}

/**
 * `null`: nothing is offered here. A seat is where its media is: another page of it, or of somebody else who came by the
 * same link, only looks on until it takes the seat over.
 */
export function offersOf(
  state: Pick<MeetingState, "phase" | "floor">,
  me: Seat,
  { link }: Link,
  publish: MediaTicket["publish"],
): Offers | null {
  if (link === "elsewhere") return null;
  const running = state.phase === "open" || state.phase === "suspended";
  return {
    microphone: publish.includes("microphone"),
    camera: publish.includes("camera"),
    share: publish.includes("screen_share"),
    raiseHand: running && speaks(me.role) && state.floor.holder !== me.id,
  };
}

type Prompting = Pick<SessionView, "link" | "sending" | "airPrompt">;

/** What the person is asked to turn on, and why: they have the floor, go on air, or came back with everything off. */
export function promptOf(
  state: Pick<MeetingState, "floor" | "epoch">,
  me: Seat,
  { link, sending, airPrompt }: Prompting,
  publish: MediaTicket["publish"],
): "floor" | "air" | "back" | null {
  if (link === "elsewhere" || publish.length === 0) return null;
  if (state.floor.holder === me.id && !sending.microphone) return "floor";
  if (!airPrompt || (sending.microphone && sending.camera)) return null;
  return state.epoch.onAir ? "air" : "back";
}

type Prompt = NonNullable<ReturnType<typeof promptOf>>;

/** By what is off. */
const prompts = {
  floor: { both: "prompt.floor", camera: "prompt.floor", microphone: "prompt.floor" },
  air: { both: "prompt.air", camera: "prompt.air.camera", microphone: "prompt.air.microphone" },
  back: { both: "prompt.back", camera: "prompt.back.camera", microphone: "prompt.back.microphone" },
} as const satisfies Record<Prompt, object>;

/** What the prompt says, as the key of a text: never that something is off that is on. */
export const promptWords = (prompt: Prompt, { microphone, camera }: SessionView["sending"]) =>
  prompts[prompt][microphone ? "camera" : camera ? "microphone" : "both"];
