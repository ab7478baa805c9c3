import type { Page } from "puppeteer-core";
import type { Person } from "./browser.ts";
import { isColour } from "./colour.ts";
import { colourOf, heardIn } from "./measure.ts";
import { FIELD, type Region, type Signal } from "./signals.ts";
import { until } from "./wait.ts";

/** What people do in the pages, by the hooks of packages/web/README.md. */
export const hook = (id: string, more = ""): string => `[data-testid="${id}"]${more}`;

export async function shown(page: Page, id: string, more = "", ms = 60_000): Promise<void> {
  await page.waitForSelector(hook(id, more), { timeout: ms });
}

/** Clicks as a script would, so that two clicks can follow one another within a millisecond and nothing scrolls. */
export async function press(page: Page, id: string, more = "", ms = 60_000): Promise<void> {
  const selector = hook(id, more);
  await until(
    `${selector} to be there and enabled`,
    () =>
      page.evaluate((selector) => {
        const button = document.querySelector(selector);
        if (!(button instanceof HTMLElement) || button.matches(":disabled, [aria-disabled=true]")) return false;
        button.click();
        return true;
      }, selector),
    ms,
  );
}

/** Clicks what is there now; what is not is let be. */
export async function pressIfThere(page: Page, id: string): Promise<void> {
  await page.evaluate((selector) => {
    const button = document.querySelector(selector);
    if (button instanceof HTMLElement) button.click();
  }, hook(id));
}

/** Says yes to what the page asks, if it asks anything: ticks first what must be ticked. */
export async function sayYes(page: Page): Promise<void> {
  await page.evaluate((selector) => {
    const sure = document.querySelector(selector);
    if (sure instanceof HTMLInputElement && !sure.checked) sure.click();
  }, hook("sure"));
  await pressIfThere(page, "confirm");
}

/** Says yes as often as the page asks whether one is sure, until what was wanted has come about. */
export async function confirmUntil(page: Page, what: string, done: () => Promise<boolean>): Promise<void> {
  await until(
    what,
    async () => {
      await sayYes(page);
      return done();
    },
    90_000,
  );
}

/** Puts text into a field as a paste would. */
export async function fill(page: Page, id: string, text: string, more = ""): Promise<void> {
  const selector = hook(id, more);
  await page.waitForSelector(selector, { timeout: 60_000 });
  await page.focus(selector);
  await page.$eval(selector, (field) => {
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.select();
  });
  await page.keyboard.sendCharacter(text);
}

export async function dataOf(page: Page, id: string, name: string, more = ""): Promise<string | null> {
  return page.evaluate(
    (selector, name) => document.querySelector(selector)?.getAttribute(name) ?? null,
    hook(id, more),
    `data-${name}`,
  );
}

/** Switches a toggle button to where it is wanted. */
export async function turn(page: Page, id: string, on: boolean): Promise<void> {
  await until(`${id} ${on ? "on" : "off"}`, () =>
    page.evaluate(
      (selector, on) => {
        const button = document.querySelector(selector);
        if (!(button instanceof HTMLElement) || button.matches(":disabled, [aria-disabled=true]")) return false;
        if (button.getAttribute("aria-pressed") === String(on)) return true;
        if (button.dataset.turning !== String(on)) {
          button.dataset.turning = String(on);
          button.click();
        }
        return false;
      },
      hook(id),
      on,
    ),
  );
  await page.evaluate((selector) => {
    const button = document.querySelector(selector);
    if (button instanceof HTMLElement) delete button.dataset.turning;
  }, hook(id));
}

/** Opens a personal link and says that one means it; whoever has been here before need not. */
export async function openLink(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.waitForSelector([hook("enter"), hook("lobby"), hook("notice")].join(), { timeout: 60_000 });
  await pressIfThere(page, "enter");
}

/** Opens a personal link as far as the lobby, and gives the seat's id. */
export async function comeToLobby(page: Page, link: string): Promise<string> {
  await openLink(page, link);
  await shown(page, "lobby");
  return seatIn(page);
}

export function seatIn(page: Page): string {
  const seat = /\/m\/[a-z0-9]+\/([a-z0-9]+)/.exec(page.url())?.[1];
  if (!seat) throw new Error(`No seat in ${new URL(page.url()).pathname}`);
  return seat;
}

/** Into the chamber with camera and microphone on or off; gives the seat's id once media are connected. */
export async function join(person: Person, link: string, { on }: { on: boolean }): Promise<string> {
  const { page } = person;
  const seat = await comeToLobby(page, link);
  await turn(page, "lobby-camera", on);
  await turn(page, "lobby-mic", on);
  await press(page, "join");
  await connected(page);
  return seat;
}

export async function connected(page: Page, more = ""): Promise<void> {
  await shown(page, "chamber", `[data-media="connected"]${more}`);
}

/** Answers "you are on air" with yes, for camera and microphone. */
export async function goOnAir(page: Page): Promise<void> {
  await shown(page, "air-prompt");
  await press(page, "air-camera").catch(() => undefined);
  await turn(page, "camera", true);
  await turn(page, "mic", true);
}

export const pictureOf = (seat: string, source = "camera"): string =>
  `video[data-seat="${seat}"][data-source="${source}"]`;
export const soundOf = (seat: string): string => `audio[data-seat="${seat}"]`;

/** Waits until this page decodes that person's own colour. */
export async function sees(
  page: Page,
  seat: string,
  signal: Signal,
  ms = 60_000,
  region: Region = FIELD,
): Promise<void> {
  let last: unknown = null;
  await until(
    `the ${signal.name} picture of ${seat}`,
    async () => {
      const colour = await colourOf(page, pictureOf(seat), region);
      last = colour;
      return colour !== null && isColour(colour, signal.colour);
    },
    ms,
  ).catch((error: Error) => {
    throw new Error(`${error.message}; seen: ${String(last)}`);
  });
}

/** Waits until this page hears that person's own tone and none of the others in their sound. */
export async function hears(page: Page, seat: string, signal: Signal, ms = 60_000): Promise<void> {
  let last: number[] = [];
  await until(
    `the tone of ${signal.name} (${signal.tone} Hz) from ${seat}`,
    async () => {
      last = await heardIn(page, soundOf(seat));
      return last.length === 1 && last[0] === signal.tone;
    },
    ms,
  ).catch((error: Error) => {
    throw new Error(`${error.message}; heard: ${last.join(", ") || "nothing"}`);
  });
}

/** Waits until the gallery's player shows moving pictures; presses play where it does not start by itself. */
export async function watchStream(gallery: Page, ms = 60_000): Promise<void> {
  await shown(gallery, "watch", '[data-state="live"]', ms);
  let first: number | undefined;
  await until(
    "moving pictures in the gallery",
    async () => {
      const { paused, frames } = await gallery.$eval(hook("player"), (video) => ({
        paused: video instanceof HTMLVideoElement && video.paused,
        frames: video instanceof HTMLVideoElement ? video.getVideoPlaybackQuality().totalVideoFrames : 0,
      }));
      if (paused) await press(gallery, "play");
      first ??= frames;
      return frames > first + 25;
    },
    ms,
    1000,
  );
}
