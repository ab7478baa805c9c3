import { useEffect, useMemo, useState } from "react";
import { useStore } from "../../useStore.ts";
import { useHeld, useKnown } from "../meeting/context.ts";
import { abilityHere } from "./ability.ts";
import { Capture } from "./capture.ts";
import { isAir, type Sending } from "./carryOver.ts";
import { KeptOff } from "./keptOff.ts";
import { levelOf } from "./level.ts";
import { type OtherRoom, OtherRooms } from "./otherRooms.ts";
import { MediaSession, type SessionView } from "./session.ts";

/** Between two looks at the own line, ms. */
const LOOK_AT_LINE_MS = 5000;

/** One's devices, from the lobby to the end of the visit. */
export function useCapture(): Capture {
  const capture = useMemo(() => new Capture(), []);
  useEffect(() => {
    capture.start();
    return () => capture.stop();
  }, [capture]);
  return capture;
}

/** What the person at this seat turned off, now or before. */
export const useKeptOff = (seat: string): KeptOff => useMemo(() => new KeptOff(seat), [seat]);

/** Media of the chamber: goes where the meeting's tickets lead for as long as the page is in the chamber. */
export function useMediaSession(
  own: { capture: Capture; kept: KeptOff },
  first: { sending: Sending; prompt: boolean },
): MediaSession {
  const { capture } = own;
  const held = useHeld();
  const [session] = useState(() => new MediaSession({ ...own, askTicket: () => held.askTicket() }, first));
  const { ticket, ticketsAt, publish, out, link, present } = useKnown(({ tickets, state, ...known }) => ({
    ticket: tickets[0] ?? null,
    ticketsAt: known.ticketsAt,
    publish: known.publish,
    out: known.out,
    link: known.link,
    present: state?.epoch ?? null,
  }));
  const known = ticket !== null;
  useEffect(() => {
    if (known) session.allow(publish);
  }, [session, known, publish]);
  useEffect(() => {
    if (out !== null || !ticket) session.pause();
    else if (abilityHere().hears) session.follow(ticket, ticketsAt, isAir(ticket.epoch, present));
  }, [session, ticket, ticketsAt, out, present]);
  useEffect(() => capture.onLost((device) => void session.lost(device)), [session, capture]);
  useEffect(() => session.serverIs(link === "open"), [session, link]);
  useEffect(() => {
    const timer = setInterval(() => {
      session.line().then(
        (line) => held.tellLine(line),
        // What cannot be measured is not told.
        (error) => console.warn(error),
      );
    }, LOOK_AT_LINE_MS);
    return () => {
      clearInterval(timer);
      held.tellLine(null);
    };
  }, [session, held]);
  useEffect(() => () => session.leave(), [session]);
  return session;
}

/** The rooms beside the one that is shown, for as long as this page is where its seat takes part. */
export function useOtherRooms({
  link,
  soundBlocked,
}: Pick<SessionView, "link" | "soundBlocked">): ReadonlyMap<string, OtherRoom> {
  const held = useHeld();
  const { tickets, ticketsAt, out } = useKnown(({ tickets, ticketsAt, out }) => ({ tickets, ticketsAt, out }));
  const [rooms] = useState(() => new OtherRooms(() => held.askTicket()));
  const here = out === null && link !== "elsewhere" && abilityHere().hears;
  useEffect(() => rooms.follow(here ? tickets.slice(1) : [], ticketsAt), [rooms, here, tickets, ticketsAt]);
  useEffect(() => {
    if (!soundBlocked) rooms.startSound();
  }, [rooms, soundBlocked]);
  useEffect(() => () => rooms.leave(), [rooms]);
  return useStore(rooms.store);
}

/** Loudness of a track, 0..100, ten times a second. */
export function useLevel(track: MediaStreamTrack | null): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (!track) return setLevel(0);
    return levelOf(track, setLevel);
  }, [track]);
  return level;
}
