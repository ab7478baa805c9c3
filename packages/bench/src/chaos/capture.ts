import { execFileSync } from "node:child_process";
import { join } from "node:path";

const words =
  "The chair opens the meeting and welcomes the members of the council, the aldermen and everybody who watches at home. " +
  "We have one item on the agenda this evening: the budget of the municipality for the coming year, its income and its expenses. " +
  "I give the floor to the first speaker, who has five minutes, and ask the others to keep their microphones closed until then.";

/** Somebody who speaks without end, and a picture that costs as much as a face does: files for Chromium's fake capture, looped. */
export function writeCapture(folder: string): { video: string; audio: string } {
  const spoken = join(folder, "spoken.wav");
  const audio = join(folder, "voice.wav");
  const video = join(folder, "face.y4m");
  execFileSync("espeak-ng", ["-v", "en", "-s", "165", "-w", spoken, words]);
  // Without pauses: in silence nothing would be heard of a loss.
  ffmpeg(
    "-i",
    spoken,
    "-af",
    "silenceremove=stop_periods=-1:stop_duration=0.15:stop_threshold=-45dB",
    "-ar",
    "48000",
    "-ac",
    "1",
    audio,
  );
  ffmpeg(
    "-f",
    "lavfi",
    "-i",
    "testsrc2=size=640x360:rate=20",
    "-vf",
    "noise=alls=6:allf=t",
    "-t",
    "5",
    "-pix_fmt",
    "yuv420p",
    video,
  );
  return { video, audio };
}

const ffmpeg = (...args: string[]) => execFileSync("ffmpeg", ["-hide_banner", "-loglevel", "error", "-y", ...args]);
