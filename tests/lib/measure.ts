import type { Page } from "puppeteer-core";
import { type Region, type Rgb, signals } from "./signals.ts";
import { until } from "./wait.ts";

/**
 * Measuring in a page: what a `<video>` really decodes and what a sound really holds. Nothing here trusts that an
 * element exists.
 */

/** Mean colour of a region of the picture that the video shows now; `null` while it has decoded none. */
export async function colourOf(page: Page, selector: string, region: Region): Promise<Rgb | null> {
  return page.evaluate(
    (selector, region) => {
      const video = document.querySelector(selector);
      if (!(video instanceof HTMLVideoElement) || video.readyState < 2 || video.videoWidth === 0) return null;
      const canvas = document.createElement("canvas");
      canvas.width = 16;
      canvas.height = 16;
      const context = canvas.getContext("2d", { willReadFrequently: true })!;
      const { videoWidth: width, videoHeight: height } = video;
      context.drawImage(
        video,
        ...([region.left * width, region.top * height, region.width * width, region.height * height] as const),
        ...([0, 0, 16, 16] as const),
      );
      const { data } = context.getImageData(0, 0, 16, 16);
      const sum = [0, 0, 0];
      for (let index = 0; index < data.length; index++) if (index % 4 < 3) sum[index % 4]! += data[index]!;
      return [sum[0]! / 256, sum[1]! / 256, sum[2]! / 256] as const;
    },
    selector,
    region,
  );
}

/** Pictures that the video has presented so far. */
export async function framesOf(page: Page, selector: string): Promise<number> {
  return page.$eval(selector, (video) =>
    video instanceof HTMLVideoElement ? video.getVideoPlaybackQuality().totalVideoFrames : 0,
  );
}

/**
 * Strength in dB of each asked frequency above the median of the spectrum between 200 and 2500 Hz, over `ms`, at its
 * loudest moment. `selector`: audio or video elements with a MediaStream; all that match are heard together.
 */
export async function tonesOf(page: Page, selector: string, frequencies: number[], ms = 2500): Promise<number[]> {
  return page.evaluate(
    async (selector, frequencies, ms) => {
      const context = new AudioContext({ sampleRate: 48_000 });
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0, minDecibels: -120 });
      for (const element of document.querySelectorAll(selector)) {
        const stream = element instanceof HTMLMediaElement ? element.srcObject : null;
        if (stream instanceof MediaStream && stream.getAudioTracks().length > 0)
          context.createMediaStreamSource(stream).connect(analyser);
      }
      await context.resume();
      const bin = (hz: number) => Math.round((hz * 8192) / 48_000);
      const best = frequencies.map(() => 0);
      const spectrum = new Float32Array(analyser.frequencyBinCount);
      const end = performance.now() + ms;
      while (performance.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        analyser.getFloatFrequencyData(spectrum);
        const band = [...spectrum.subarray(bin(200), bin(2500))].filter(Number.isFinite).sort((a, b) => a - b);
        const middle = Math.max(-110, band[band.length >> 1] ?? 0);
        for (const [index, hz] of frequencies.entries()) {
          const peak = Math.max(...spectrum.subarray(bin(hz) - 1, bin(hz) + 2));
          if (Number.isFinite(peak) && peak > -75) best[index] = Math.max(best[index]!, peak - middle);
        }
      }
      await context.close();
      return best;
    },
    selector,
    frequencies,
    ms,
  );
}

/** A tone stands out of the spectrum by this much where it sounds. */
export const TONE_DB = 25;

const everyTone = Object.values(signals).map(({ tone }) => tone);

/** The tests' tones that sound there now. */
export async function heardIn(page: Page, selector: string): Promise<number[]> {
  const strengths = await tonesOf(page, selector, everyTone);
  const loudest = Math.max(...strengths);
  return everyTone.filter((_, index) => strengths[index]! > TONE_DB && strengths[index]! > loudest - 25);
}

/** When flashes were presented and beeps sounded in a page, ms since 1970. */
export interface FlashesAndBeeps {
  flashes: number[];
  beeps: number[];
}

/** What is to be watched in a page: `video` presents the flash in `region`, `audio` holds the sound. */
interface Watched {
  page: Page;
  video: string;
  audio: string;
  region: Region;
  beep: number;
}

/** A page that notes flashes and beeps, until it is stopped. */
interface Watch {
  soFar(): Promise<FlashesAndBeeps>;
  stop(): Promise<void>;
}

async function watchFlashesAndBeeps({ page, video, audio, region, beep }: Watched): Promise<Watch> {
  const watch = await page.evaluateHandle(
    async (video, audio, region, beep) => {
      const picture = document.querySelector(video);
      const sound = document.querySelector(audio);
      if (!(picture instanceof HTMLVideoElement) || !(sound instanceof HTMLMediaElement)) throw new Error("no element");
      if (!(sound.srcObject instanceof MediaStream)) throw new Error(`${audio} has no stream`);
      const context = new AudioContext({ sampleRate: 48_000 });
      await context.resume();
      const filter = new BiquadFilterNode(context, { type: "bandpass", frequency: beep, Q: 12 });
      const analyser = new AnalyserNode(context, { fftSize: 4096 });
      context.createMediaStreamSource(sound.srcObject).connect(filter).connect(analyser);
      const flashes: number[] = [];
      const beeps: number[] = [];
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 4;
      const drawing = canvas.getContext("2d", { willReadFrequently: true })!;
      let bright = true;
      let watching = true;
      const look = (_: number, frame: VideoFrameCallbackMetadata) => {
        const { videoWidth: width, videoHeight: height } = picture;
        drawing.drawImage(
          picture,
          ...([region.left * width, region.top * height, region.width * width, region.height * height] as const),
          ...([0, 0, 4, 4] as const),
        );
        const { data } = drawing.getImageData(0, 0, 4, 4);
        let least = 255;
        for (let index = 0; index < data.length; index++) if (index % 4 < 3) least = Math.min(least, data[index]!);
        if (least > 150 && !bright) flashes.push(performance.timeOrigin + frame.expectedDisplayTime);
        bright = least > 150;
        if (watching) picture.requestVideoFrameCallback(look);
      };
      picture.requestVideoFrameCallback(look);
      const wave = new Float32Array(analyser.fftSize);
      const listening = setInterval(() => {
        analyser.getFloatTimeDomainData(wave);
        const now = performance.now();
        // The first loud sample after 40 ms of quiet is the beep's start, wherever in the buffer it lies.
        let quiet = 0;
        for (let index = 0; index < wave.length; index++) {
          if (Math.abs(wave[index]!) < 0.02) {
            quiet++;
            continue;
          }
          if (quiet > 1920) {
            const at = performance.timeOrigin + now - ((wave.length - index) * 1000) / 48_000;
            if (at - (beeps.at(-1) ?? 0) > 1000) beeps.push(at);
          }
          quiet = 0;
        }
      }, 15);
      const stop = async () => {
        watching = false;
        clearInterval(listening);
        await context.close();
      };
      return { flashes, beeps, stop };
    },
    video,
    audio,
    region,
    beep,
  );
  return {
    soFar: () => watch.evaluate(({ flashes, beeps }) => ({ flashes, beeps })),
    stop: async () => {
      await watch.evaluate(({ stop }) => stop());
      await watch.dispose();
    },
  };
}

/**
 * By how much more the sound was delayed than the picture on the way from one page to another, ms, for each loop seen
 * in both. The sender's page is measured too because a browser plays its two capture files at paces of their own.
 */
export function skewsBetween(sender: FlashesAndBeeps, receiver: FlashesAndBeeps): number[] {
  const delays = (sent: number[], received: number[]) =>
    sent.flatMap((at) => {
      const arrival = received.find((other) => other > at - 50 && other < at + 950);
      return arrival === undefined ? [] : [{ at, delay: arrival - at }];
    });
  const pictures = delays(sender.flashes, receiver.flashes);
  const sounds = delays(sender.beeps, receiver.beeps);
  return pictures.flatMap((picture) => {
    const sound = sounds.find(({ at }) => Math.abs(at - picture.at) < 1000);
    return sound ? [sound.delay - picture.delay] : [];
  });
}

/**
 * Remembers what the page's own code captures, so that `ownSound` can find it: capturing once more would play the
 * capture file from another position. Before the page is opened.
 */
export async function rememberCaptures(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const captured: MediaStreamTrack[] = [];
    Object.assign(globalThis, { captured });
    const devices = navigator.mediaDevices;
    if (!devices) return;
    const capture = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      const stream = await capture(constraints);
      captured.push(...stream.getTracks());
      return stream;
    };
  });
}

/** Gives the page an element that holds what its microphone sends, and that element's selector. */
export async function ownSound(page: Page): Promise<string> {
  await page.evaluate(() => {
    const captured: unknown = Reflect.get(globalThis, "captured");
    const tracks = Array.isArray(captured) ? captured.filter((track) => track instanceof MediaStreamTrack) : [];
    const microphone = tracks.findLast(({ kind, readyState }) => kind === "audio" && readyState === "live");
    if (!microphone) throw new Error("no microphone is on");
    const element = document.createElement("audio");
    element.id = "own-sound";
    element.muted = true;
    element.srcObject = new MediaStream([microphone]);
    document.body.append(element);
  });
  return "#own-sound";
}

/** Flash and beep belong together when they arrive within this, ms. */
export const LIP_SYNC = 80;

/** So many loops in a row make one measurement. */
const LOOPS = 5;
/** A browser is given so long to bring sound and picture in step, ms. */
const SETTLING_MS = 46_000;

/**
 * The median skew of five loops on the way from one page to another, ms: of the first five in a row that are in step,
 * and otherwise of the last. A browser takes some seconds to bring sound and picture in step, and longer on a busy machine.
 */
export async function settledSkew(
  sender: { page: Page; video: string; audio: string },
  receiver: { page: Page; video: string; audio: string },
  signal: { region: Region; beep: number },
  within = LIP_SYNC,
): Promise<number> {
  const watches = await Promise.all([sender, receiver].map((end) => watchFlashesAndBeeps({ ...end, ...signal })));
  let skews: number[] = [];
  const median = () => medianOf(skews.slice(-LOOPS));
  await until(
    "sound and picture in step",
    async () => {
      const [sent, received] = await Promise.all(watches.map((watch) => watch.soFar()));
      skews = skewsBetween(sent!, received!);
      return skews.length >= LOOPS && Math.abs(median()) < within;
    },
    SETTLING_MS,
    250,
  ).catch(() => undefined);
  await Promise.all(watches.map((watch) => watch.stop()));
  console.log(`sound after picture, loop by loop: ${skews.map(Math.round).join(", ")} ms`);
  return skews.length < 3 ? Number.NaN : median();
}

/** `NaN` of nothing. */
export const medianOf = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
