import { formOf } from "@raadhuis/meeting";
import type { EgressStatus } from "@raadhuis/protocol/children";
import type { Health } from "@raadhuis/protocol/socket";
import type { Media } from "../media/steward.ts";
import type { Standing } from "./wanted.ts";

/** What is known of a meeting's broadcast. */
export interface BroadcastView {
  kind: "public" | "private" | "call";
  recording: boolean;
  standing: Standing;
  over: boolean;
  /** The egress has been asked for since, ms. */
  wantedFor: number;
  /** Its last answer; undefined when it does not answer. */
  status: EgressStatus | undefined;
  delayMs: number;
  /** Nothing can be written where the recording is kept. */
  full: boolean;
  /** How long the present epoch has lasted, ms. */
  epochFor: number;
}

/** An egress needs this long to start, ms. */
const STARTING_MS = 15_000;
/** To join a new epoch's room it needs this long at most, ms. */
const JOINING_MS = 8_000;
/** Later than the delay and this, ms, the stream is called behind. */
const SLACK_MS = 8_000;
/** And so it is when what is made is this late, ms, however long the delay hides it: egress sheds all it can before. */
const LAG_MS = 5_000;

export function mediaHealth(media: Media): Health["media"] {
  if (media === "well") return { light: "green", code: "media.well" };
  return { light: "red", code: media === "clock" ? "media.clock" : "media.unavailable" };
}

/** Where the machine cannot make all of the programme the public gets less of it, in time. */
const shownAs: Record<EgressStatus["shown"], Pick<Health["stream"], "light" | "code">> = {
  whole: { light: "green", code: "stream.live" },
  fewer: { light: "amber", code: "stream.fewer" },
  sound: { light: "amber", code: "stream.sound" },
};

/** What is released may be brought to other places besides the gallery. One that fails once and is well a moment later is well. */
const isElsewhereWell = ({ sinks = [] }: EgressStatus): boolean =>
  sinks.every(({ failing, behindMs, lost }) => !(failing && behindMs > SLACK_MS) && lost === 0);

export function streamHealth(view: BroadcastView): Health["stream"] {
  const behindMs = view.status?.behindMs ?? null;
  const say = (light: Health["stream"]["light"], code: Health["stream"]["code"]) => ({ light, code, behindMs });
  if (!formOf(view).gallery) return say("off", "stream.none");
  if (view.over) return say("off", "stream.finished");
  if (view.standing === "queued") return say("amber", "stream.queued");
  if (view.standing === "unwanted") return say("off", "stream.waiting");
  if (!view.status)
    return view.wantedFor < STARTING_MS ? say("amber", "stream.starting") : say("red", "stream.unreachable");
  const late = (behindMs !== null && behindMs > view.delayMs + SLACK_MS) || view.status.lagMs > LAG_MS;
  switch (view.status.state) {
    case "starting":
    // The one before it is about to go.
    case "givenUp":
      return say("amber", "stream.starting");
    case "slate":
      if (late) return say("amber", "stream.behind");
      return isElsewhereWell(view.status) ? say("green", "stream.slate") : say("amber", "stream.elsewhere");
    case "live":
      if (!view.status.connected)
        return view.epochFor < JOINING_MS ? say("amber", "stream.starting") : say("red", "stream.unheard");
      if (late) return say("amber", "stream.behind");
      // That less is made is the worse of the two: all of the public sees it.
      if (view.status.shown === "whole" && !isElsewhereWell(view.status)) return say("amber", "stream.elsewhere");
      return { ...shownAs[view.status.shown], behindMs };
    case "finishing":
      return say("green", "stream.finishing");
    case "finished":
      return say("off", "stream.finished");
  }
}

export function recordingHealth(view: BroadcastView): Health["recording"] {
  const seconds = view.status?.recordedSeconds ?? null;
  const say = (light: Health["recording"]["light"], code: Health["recording"]["code"]) => ({ light, code, seconds });
  if (!formOf(view).gallery || !view.recording) return say("off", "recording.none");
  if (view.over || view.status?.state === "finished") return say("off", "recording.finished");
  if (view.standing !== "wanted") return say("off", "recording.waiting");
  if (!view.status)
    return view.wantedFor < STARTING_MS ? say("off", "recording.waiting") : say("red", "recording.unreachable");
  if (view.full) return say("red", "recording.not-kept");
  if (view.status.state === "finishing") return say("green", "recording.finishing");
  if (!seconds) return say("off", "recording.waiting");
  return say("green", view.status.state === "slate" ? "recording.paused" : "recording.running");
}
