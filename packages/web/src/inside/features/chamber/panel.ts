import { useState } from "react";

/** What is said above the pictures by the meeting itself, and must be seen. */
interface Moment {
  /** Number of the epoch: the doors, or the air. */
  epoch: number;
  hasFloor: boolean;
}

/** Is something said now that was not said before? */
const says = (now: Moment, before: Moment): boolean => now.epoch !== before.epoch || (now.hasFloor && !before.hasFloor);

/** Agenda and people, which on a small screen cover the pictures and what is said above them: they close by themselves then. */
export function usePanel({ epoch, hasFloor }: Moment): [open: boolean, toggle: () => void] {
  const [open, setOpen] = useState(false);
  const [before, setBefore] = useState({ epoch, hasFloor });
  if (epoch !== before.epoch || hasFloor !== before.hasFloor) {
    setBefore({ epoch, hasFloor });
    if (says({ epoch, hasFloor }, before)) setOpen(false);
  }
  return [open, () => setOpen(!open)];
}
