import { useState } from "react";
import { Store } from "../../store.ts";
import { useStore } from "../../useStore.ts";
import { useMeeting, useViewer } from "../meeting/context.ts";
import { useNews } from "./news.ts";
import { type Panel, panels } from "./panels.ts";
import { useMatches } from "./useMatches.ts";

/** Below this width the side is opened and closed, and shows one panel at a time (as in Chamber.module.css). */
const NARROW = "(max-width: 60rem)";
/** Below this one it covers the pictures, and what is said above them. */
const COVERS = "(max-width: 44rem)";

/** The part of the chamber beside the pictures. */
export interface Side {
  /** One panel at a time, by tabs. */
  isNarrow: boolean;
  isOpen: boolean;
  toggle(): void;
  panels: readonly Panel[];
  /** The panel whose tab is chosen. */
  chosen: string;
  choose(panel: string): void;
  /** How much has come to each panel while it was not in sight. */
  news: ReadonlyMap<string, number>;
}

/** Holds while the page lives: also for whoever was outside in between. */
const choice = new Store<string | null>(null);

export function useSide(): Side {
  const viewer = useViewer();
  const ids = useMeeting((state) => panels.filter(({ isFor }) => isFor?.(state, viewer) ?? true).map(({ id }) => id));
  const present = panels.filter(({ id }) => ids.includes(id));
  const isNarrow = useMatches(NARROW);
  const [isOpen, setOpen] = useOpen(useMatches(COVERS));
  const wanted = useStore(choice);
  const chosen = wanted !== null && ids.includes(wanted) ? wanted : (ids[0] ?? "");
  const news = useNews(present, (panel) => !isNarrow || (isOpen && panel === chosen));
  return {
    isNarrow,
    isOpen,
    toggle: () => setOpen(!isOpen),
    panels: present,
    chosen,
    choose: choice.set.bind(choice),
    news,
  };
}

/** What is said above the pictures by the meeting itself, and must be seen. */
interface Moment {
  /** Number of the epoch: the doors, or the air. */
  epoch: number;
  hasFloor: boolean;
}

/** Is something said now that was not said before? */
const says = (now: Moment, before: Moment): boolean => now.epoch !== before.epoch || (now.hasFloor && !before.hasFloor);

/** Where it covers what is said above the pictures, it closes by itself when something is. */
function useOpen(covers: boolean): [isOpen: boolean, setOpen: (open: boolean) => void] {
  const { seat } = useViewer();
  const now = useMeeting(({ epoch, floor }) => ({ epoch: epoch.number, hasFloor: floor.holder === seat }));
  const [isOpen, setOpen] = useState(false);
  const [before, setBefore] = useState(now);
  if (now !== before) {
    setBefore(now);
    if (covers && says(now, before)) setOpen(false);
  }
  return [isOpen, setOpen];
}
