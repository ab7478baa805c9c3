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
export async function appearsAt(page: Page, selector: string, ms = 30_000): Promise<number> {
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
export async function lastPictureAt(page: Page, selector: string, ms = 30_000): Promise<number> {
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
 * When a picture and a sound are there of somebody after `since`: three new pictures presented, and samples that are not
 * silent. The elements may be others than before.
 */
export async function mediaBackAt(page: Page, video: string, audio: string, since: number, ms = 30_000): Promise<Back> {
  return page.evaluate(
    async (video, audio, since, ms) => {
      const now = () => performance.timeOrigin + performance.now();
      const end = performance.now() + ms;
      const context = new AudioContext();
      await context.resume();
      let picture = 0;
      let sound = 0;
      let element: Element | null = null;
      let stream: MediaProvider | null = null;
      let pictures = 0;
      let analyser: AnalyserNode | undefined;
      const samples = new Float32Array(2048);
      const watch = (shown: HTMLVideoElement) => {
        element = shown;
        pictures = 0;
        const note = () => {
          if (element !== shown) return;
          if (now() > since && ++pictures === 3 && !picture) picture = now();
          shown.requestVideoFrameCallback(note);
        };
        shown.requestVideoFrameCallback(note);
      };
      while (!picture || !sound) {
        if (performance.now() > end) throw new Error(`picture ${picture}, sound ${sound}`);
        const shown = document.querySelector(video);
        if (shown instanceof HTMLVideoElement && shown !== element) watch(shown);
        const heard = document.querySelector(audio);
        if (heard instanceof HTMLMediaElement && heard.srcObject instanceof MediaStream && heard.srcObject !== stream) {
          if (heard.srcObject.getAudioTracks().length > 0) {
            stream = heard.srcObject;
            analyser = new AnalyserNode(context, { fftSize: 2048 });
            context.createMediaStreamSource(heard.srcObject).connect(analyser);
          }
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
    since,
    ms,
  );
}
