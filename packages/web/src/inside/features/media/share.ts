/** What browsers know and TypeScript's DOM does not (all of it). */
interface ShareOptions extends DisplayMediaStreamOptions {
  video: MediaTrackConstraints;
  audio: MediaTrackConstraints & { restrictOwnAudio?: boolean; suppressLocalAudioPlayback?: boolean };
  selfBrowserSurface: "exclude";
  surfaceSwitching: "include";
  systemAudio: "include" | "exclude";
  windowAudio: "window" | "system";
}

/**
 * Pixels. The media server carries nothing larger than 4096 by 2304 (packages/sfu/install/PictureLimit.h): of a larger
 * screen the browser sends a smaller picture. Text on one of 5120 by 2880 still reads.
 */
const maxWidth = 3840;
const maxHeight = 2400;

/**
 * What is asked of the browser when somebody shares. Members of the options that it does not know it passes over, and
 * constraints too; `supported` are the constraints it knows. Sources: W3C Screen Capture, WICG screen-share extensions.
 *
 * Whoever shares the sound of the whole system sends the meeting back to itself, unless the browser leaves out what
 * this page plays (`restrictOwnAudio`, Chromium 141). Where it cannot, the system's sound is not offered, only a tab's.
 * The own tab is not offered either: it would be a picture within a picture.
 */
export function shareOptions(supported: Readonly<Record<string, unknown>>): ShareOptions {
  const leavesOut = supported.restrictOwnAudio === true;
  return {
    video: { frameRate: { ideal: 15, max: 30 }, width: { max: maxWidth }, height: { max: maxHeight } },
    audio: {
      ...(leavesOut ? { restrictOwnAudio: true } : {}),
      // Whoever shows a film hears it too: nobody in the meeting sends it back to them.
      ...(supported.suppressLocalAudioPlayback === true ? { suppressLocalAudioPlayback: false } : {}),
    },
    selfBrowserSurface: "exclude",
    surfaceSwitching: "include",
    systemAudio: leavesOut ? "include" : "exclude",
    windowAudio: "window",
  };
}

export interface Shared {
  picture: MediaStreamTrack;
  sound: MediaStreamTrack | null;
}

/** Lets the person pick what they share. Rejects when they do not, or when the browser fails. */
export async function askShare(): Promise<Shared> {
  const { mediaDevices } = navigator;
  const stream = await mediaDevices.getDisplayMedia(shareOptions({ ...mediaDevices.getSupportedConstraints() }));
  const [picture] = stream.getVideoTracks();
  if (!picture) throw new Error("The browser shared no picture.");
  picture.contentHint = "detail";
  return { picture, sound: stream.getAudioTracks()[0] ?? null };
}

export function stopShared({ picture, sound }: Shared): void {
  picture.stop();
  sound?.stop();
}
