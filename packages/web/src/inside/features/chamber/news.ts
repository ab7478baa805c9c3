import type { MeetingState } from "@raadhuis/meeting";
import { useState } from "react";
import { areSame } from "../../useStore.ts";
import { useMeeting, useViewer, type Viewer } from "../meeting/context.ts";
import type { Panel } from "./panels.ts";

/** Something to be seen in a panel. */
export type Sign = `${string} ${string}`;

export const signsOf = (panels: readonly Panel[], state: MeetingState, viewer: Viewer): Sign[] =>
  panels.flatMap(({ id, signs }) => signs?.(state, viewer).map((sign): Sign => `${id} ${sign}`) ?? []);

/** What has been seen now: all in a panel that is in sight. What is gone is forgotten, so that it is news again. */
export const seenAfter = (
  seen: readonly Sign[],
  signs: readonly Sign[],
  isInSight: (panel: string) => boolean,
): readonly Sign[] => signs.filter((sign) => seen.includes(sign) || isInSight(panelOf(sign)));

/** How much there is in each panel that has not been seen. */
export function newsOf(seen: readonly Sign[], signs: readonly Sign[]): ReadonlyMap<string, number> {
  const news = new Map<string, number>();
  for (const sign of signs) if (!seen.includes(sign)) news.set(panelOf(sign), (news.get(panelOf(sign)) ?? 0) + 1);
  return news;
}

const panelOf = (sign: Sign): string => sign.slice(0, sign.indexOf(" "));

/** How much has come to each panel since it was in sight last; whoever comes in has seen what was there before. */
export function useNews(panels: readonly Panel[], isInSight: (panel: string) => boolean): ReadonlyMap<string, number> {
  const viewer = useViewer();
  const signs = useMeeting((state) => signsOf(panels, state, viewer));
  const [seen, setSeen] = useState<readonly Sign[]>(signs);
  const now = seenAfter(seen, signs, isInSight);
  if (!areSame(now, seen)) setSeen(now);
  return newsOf(now, signs);
}
