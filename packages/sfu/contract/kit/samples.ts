import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Colour } from "./person.ts";

/** A file that is published over and over, as ../go/publish.go reads it. */
export interface Sample {
  file: string;
  width?: number;
  height?: number;
}

export type PictureCodec = "vp8" | "h264" | "vp9" | "av1";

const encoders: Record<PictureCodec, { end: string; options: string[] }> = {
  vp8: { end: "ivf", options: ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-auto-alt-ref", "0"] },
  vp9: {
    end: "ivf",
    options: ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-lag-in-frames", "0"],
  },
  av1: { end: "ivf", options: ["-c:v", "libaom-av1", "-usage", "realtime", "-cpu-used", "10", "-lag-in-frames", "0"] },
  h264: {
    end: "h264",
    options: [
      "-c:v",
      "libx264",
      "-profile:v",
      "baseline",
      "-tune",
      "zerolatency",
      "-x264-params",
      "aud=1:sliced-threads=0",
    ],
  },
};

/** Sounds and pictures of a second each, made when they are first asked for, in a folder that is gone at the end. */
export class Samples {
  readonly #folder = mkdtempSync(join(tmpdir(), "raadhuis-samples-"));
  readonly #made = new Set<string>();

  /** A tone; of 20 ms a packet, a packet a page. */
  tone(hertz: number): Sample {
    const source = `sine=frequency=${hertz}:sample_rate=48000:duration=1`;
    return { file: this.#make(`${hertz}.ogg`, source, ["-c:a", "libopus", "-b:a", "32k", "-page_duration", "20000"]) };
  }

  /** A flat picture, 20 a second, the first of each second a key frame. */
  picture(colour: Colour, height = 180, codec: PictureCodec = "vp8"): Sample {
    const width = (height * 16) / 9;
    const hex = colour.map((channel) => channel.toString(16).padStart(2, "0")).join("");
    const source = `color=c=0x${hex}:size=${width}x${height}:rate=20:duration=1,format=yuv420p`;
    const { end, options } = encoders[codec];
    const how = [...options, "-g", "20", "-b:v", "100k"];
    return { file: this.#make(`${hex}-${height}-${codec}.${end}`, source, how), width, height };
  }

  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #make(name: string, source: string, how: string[]): string {
    const file = join(this.#folder, name);
    if (!this.#made.has(name)) {
      execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", source, ...how, file]);
      this.#made.add(name);
    }
    return file;
  }
}
