import type { Failure, MeetingConnection, Snapshot } from "@raadhuis/client";
import { type CommandInput, type MeetingState, type Seat, type SeatId, seatOf } from "@raadhuis/meeting";
import { createContext, useContext } from "react";
import type { Readable } from "../../store.ts";
import { useSelected, useStore } from "../../useStore.ts";

/** Resolves to whether it was done; why not is shown with the conductor's buttons. */
export type Act = (command: CommandInput) => Promise<boolean>;
/** Resolves to why it was not done, for a form to say. */
export type Ask = (command: CommandInput) => Promise<Failure | null>;

/** What a page uses of the connection that holds its meeting. */
export type Held = Pick<MeetingConnection, "snapshot" | "subscribe" | "command" | "askTicket" | "tellLine">;

/** Whoever looks at the meeting by this page. */
export interface Viewer {
  /** Their own seat; `null`: the office. */
  seat: SeatId | null;
  /** Whether the meeting is conducted from this page. */
  conducts: boolean;
}

/** The same for as long as the page holds its meeting: what changes is selected from its stores. */
interface MeetingOfPage {
  held: Held;
  known: Readable<Snapshot>;
  acts: { act: Act; ask: Ask };
  /** Code of the last act's refusal. */
  refusal: Readable<string | null>;
}

export const MeetingContext = createContext<MeetingOfPage | null>(null);
export const ViewerContext = createContext<Viewer | null>(null);

function useOfPage(): MeetingOfPage {
  const meeting = useContext(MeetingContext);
  if (meeting === null) throw new Error("There is no MeetingProvider around this.");
  return meeting;
}

/**
 * A part of the meeting's state. The component is drawn anew when that part is another one.
 * @example const { phase, item } = useMeeting(({ phase, item }) => ({ phase, item }));
 */
export function useMeeting<Part>(select: (state: MeetingState) => Part): Part {
  return useSelected(useOfPage().known, ({ state }) => {
    if (state === null) throw new Error("The meeting is not known yet: show nothing of it before it is.");
    return select(state);
  });
}

/** A part of what is known beside the state: the line to the house, the media that this seat may send, health. */
export const useKnown = <Part>(select: (known: Snapshot) => Part): Part => useSelected(useOfPage().known, select);

export const useHeld = (): Held => useOfPage().held;

export const useActs = (): { act: Act; ask: Ask } => useOfPage().acts;

/** Why the last act was refused; `null`: it was done. */
export const useRefusal = (): string | null => useStore(useOfPage().refusal);

export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (viewer === null) throw new Error("There is no MeetingProvider around this.");
  return viewer;
}

/** Whether the meeting can be conducted from this page, and now. */
export function useConducts(): boolean {
  const { conducts } = useViewer();
  return useMeeting(({ phase }) => conducts && phase !== "ended");
}

/** The viewer's own seat. Not for the office's pages. */
export function useMe(): Seat {
  const { seat } = useViewer();
  return useMeeting((state) => {
    const me = seat === null ? undefined : seatOf(state, seat);
    if (!me) throw new Error("Whoever looks has no seat here.");
    return me;
  });
}
