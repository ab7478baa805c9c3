import type { Page } from "puppeteer-core";

/**
 * When something happens in a page, noted by the page itself, so that the way to the test and back costs nothing. All
 * moments are ms since 1970, and comparable between the browsers of one machine.
 */

/** Clicks, and gives the moment before. */
export async function clickedAt(page: Page, selector: string): Promise<number> {
  return page.evaluate((selector) => {
    const button = document.querySelector(selector);
    if (!(button instanceof HTMLElement)) throw new Error(`no ${selector}`);
    const at = performance.timeOrigin + performance.now();
    button.click();
    return at;
  }, selector);
}

/** When an element is there. */
export async function appearsAt(page: Page, selector: string, ms = 90_000): Promise<number> {
  return page.evaluate(
    async (selector, ms) => {
      const end = performance.now() + ms;
      while (!document.querySelector(selector)) {
        if (performance.now() > end) throw new Error(`${selector} does not appear`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return performance.timeOrigin + performance.now();
    },
    selector,
    ms,
  );
}

/** When the last picture of a video was shown that has now gone, or has not moved for a second. */
export async function lastPictureAt(page: Page, selector: string, ms = 90_000): Promise<number> {
  return page.evaluate(
    async (selector, ms) => {
      const now = () => performance.timeOrigin + performance.now();
      const video = document.querySelector(selector);
      if (!(video instanceof HTMLVideoElement)) throw new Error(`no ${selector}`);
      let last = now();
      const note = () => {
        last = now();
        video.requestVideoFrameCallback(note);
      };
      video.requestVideoFrameCallback(note);
      const end = performance.now() + ms;
      while (document.querySelector(selector) === video && now() - last < 1000) {
        if (performance.now() > end) throw new Error(`${selector} goes on`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return Math.min(last, now());
    },
    selector,
    ms,
  );
}

export interface Back {
  picture: number;
  sound: number;
}

/**
 * When a picture and a sound of somebody are there again after what was there at the call has gone: so many pictures of
 * a new track presented, and samples of a new track that are not silent. The elements may be others than before.
 */
export async function mediaBackAt(
  page: Page,
  video: string,
  audio: string,
  { ms = 90_000, pictures: enough = 3 } = {},
): Promise<Back> {
  return page.evaluate(
    async (video, audio, ms, enough) => {
      const now = () => performance.timeOrigin + performance.now();
      const end = performance.now() + ms;
      const trackIn = (selector: string, kind: string): MediaStreamTrack | undefined => {
        const element = document.querySelector(selector);
        const stream = element instanceof HTMLMediaElement ? element.srcObject : null;
        const tracks = stream instanceof MediaStream ? stream.getTracks() : [];
        return tracks.find((track) => track.kind === kind && track.readyState === "live");
      };
      let seen = trackIn(video, "video");
      let heard = trackIn(audio, "audio");
      const context = new AudioContext();
      await context.resume();
      let picture = 0;
      let sound = 0;
      let analyser: AnalyserNode | undefined;
      const samples = new Float32Array(2048);
      const watch = (element: HTMLVideoElement, track: MediaStreamTrack) => {
        let pictures = 0;
        const note = () => {
          if (seen !== track) return;
          if (++pictures === enough && !picture) picture = now();
          element.requestVideoFrameCallback(note);
        };
        element.requestVideoFrameCallback(note);
      };
      while (!picture || !sound) {
        if (performance.now() > end) throw new Error(`picture ${picture}, sound ${sound}`);
        const element = document.querySelector(video);
        const shown = trackIn(video, "video");
        if (shown && shown !== seen && element instanceof HTMLVideoElement) {
          seen = shown;
          watch(element, shown);
        }
        const playing = trackIn(audio, "audio");
        if (playing && playing !== heard) {
          heard = playing;
          analyser = new AnalyserNode(context, { fftSize: 2048 });
          context.createMediaStreamSource(new MediaStream([playing])).connect(analyser);
        }
        if (analyser && !sound) {
          analyser.getFloatTimeDomainData(samples);
          if (samples.some((sample) => Math.abs(sample) > 0.01)) sound = now();
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await context.close();
      return { picture, sound };
    },
    video,
    audio,
    ms,
    enough,
  );
}
