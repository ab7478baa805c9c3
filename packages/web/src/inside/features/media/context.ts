import { createContext, useContext } from "react";
import type { Readable } from "../../store.ts";
import { useSelected } from "../../useStore.ts";
import type { Capture, CaptureView } from "./capture.ts";
import type { MediaSession, SessionView } from "./session.ts";

/** One person's media in the chamber: what is sent and received, and their own devices. */
export interface Media {
  session: { readonly store: Readable<SessionView> } & Pick<
    MediaSession,
    "turn" | "choose" | "share" | "answered" | "understood" | "takeHere" | "startSound"
  >;
  capture: { readonly store: Readable<CaptureView> } & Pick<Capture, "understood">;
}

export const MediaContext = createContext<Media | null>(null);

export function useMediaActs(): Media {
  const media = useContext(MediaContext);
  if (media === null) throw new Error("There is no MediaContext around this.");
  return media;
}

/** A part of what is sent and received. The component is drawn anew when that part is another one. */
export const useMedia = <Part>(select: (view: SessionView) => Part): Part =>
  useSelected(useMediaActs().session.store, select);

/** A part of one's own microphone and camera. */
export const useDevices = <Part>(select: (view: CaptureView) => Part): Part =>
  useSelected(useMediaActs().capture.store, select);
