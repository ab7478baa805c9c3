import { useState } from "react";
import { useMeeting, useViewer } from "../meeting/context.ts";

/** What is said above the pictures by the meeting itself, and must be seen. */
interface Moment {
  /** Number of the epoch: the doors, or the air. */
  epoch: number;
  hasFloor: boolean;
}

/** Is something said now that was not said before? */
const says = (now: Moment, before: Moment): boolean => now.epoch !== before.epoch || (now.hasFloor && !before.hasFloor);

/** Agenda, people and the other panels, where they do not stand beside the pictures by themselves. */
export interface Side {
  isOpen: boolean;
  toggle(): void;
}

/** On a small screen it covers the pictures and what is said above them: so it closes by itself when something is. */
export function useSide(): Side {
  const { seat } = useViewer();
  const now = useMeeting(({ epoch, floor }) => ({ epoch: epoch.number, hasFloor: floor.holder === seat }));
  const [isOpen, setOpen] = useState(false);
  const [before, setBefore] = useState(now);
  if (now !== before) {
    setBefore(now);
    if (says(now, before)) setOpen(false);
  }
  return { isOpen, toggle: () => setOpen(!isOpen) };
}
