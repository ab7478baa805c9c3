/**
 * How far a page's conversation about its meeting has come. `new`: it has not been shown anything yet. `in`: it hears
 * what happens. `out`: it waits before closed doors. `leaving`: it gets its last answers, and then hears why it has to
 * go. `gone`: nothing is sent to it any more, though its socket may take a moment to close.
 */
export type Stage = "new" | "in" | "out" | "leaving" | "gone";

export type Step = "letIn" | "putOut" | "leave" | "go";

const steps: Record<Stage, Partial<Record<Step, Stage>>> = {
  new: { letIn: "in", putOut: "out", leave: "leaving", go: "gone" },
  in: { putOut: "out", leave: "leaving", go: "gone" },
  out: { letIn: "in", leave: "leaving", go: "gone" },
  leaving: { go: "gone" },
  gone: {},
};

/** The stage after this step; `undefined` where there is no such step, and all stays as it is. */
export const stageAfter = (stage: Stage, step: Step): Stage | undefined => steps[stage][step];

/** It said hello, was answered, and has not been sent away: it is told when it may come in or has to go out. */
export const isFollowing = (stage: Stage): boolean => stage === "in" || stage === "out";

/** Nothing that it says is listened to any more. */
export const isOver = (stage: Stage): boolean => stage === "leaving" || stage === "gone";
