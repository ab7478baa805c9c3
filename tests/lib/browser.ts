import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, launch, type Page } from "puppeteer-core";
import { type Signal, writeCaptureFiles } from "./signals.ts";

/** One person at one computer: a Chromium process of their own, with their own face, voice and cookies. */
export interface Person {
  name: string;
  browser: Browser;
  page: Page;
  /** What the pages said in error, without what a test provokes on purpose. */
  complaints: string[];
  close(): Promise<void>;
}

export interface PersonOptions {
  name: string;
  /** Camera and microphone; without it Chromium's own test picture. */
  signal?: Signal;
  flags?: string[];
  /** Title of the tab that this person shares when they share; without it a share is asked for and not given. */
  shares?: string;
  /** Runs the browser by this command, as `ip netns exec x`. */
  through?: string[];
  width?: number;
  height?: number;
  /** Language of the pages. */
  locale?: "nl" | "en";
}

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-default-apps",
  "--no-pings",
  "--disable-domain-reliability",
  // What the browser asks its maker in spite of the flags above ends here, so that what is left is the page's.
  "--component-updater=url-source=http://127.0.0.1:9/",
  "--apps-gallery-update-url=http://127.0.0.1:9/",
  "--gaia-url=http://127.0.0.1:9/",
  "--optimization-guide-service-get-hints-url=https://127.0.0.1:9/",
  "--optimization-guide-service-get-models-url=https://127.0.0.1:9/",
  "--disable-features=NetworkTimeServiceQuerying,OptimizationHints,OptimizationGuideModelDownloading",
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
  "--autoplay-policy=no-user-gesture-required",
  "--use-fake-device-for-media-stream",
];

/** Opens a browser with an empty profile; `close` ends it and removes the profile. */
export async function openPerson(options: PersonOptions): Promise<Person> {
  const directory = await mkdtemp(join(tmpdir(), "raadhuis-person-"));
  const flags = [...FLAGS, `--lang=${options.locale ?? "nl"}`, ...(options.flags ?? [])];
  if (options.shares) flags.push(`--auto-select-tab-capture-source-by-title=${options.shares}`);
  if (options.signal) {
    const { video, audio } = await writeCaptureFiles(options.signal, directory);
    flags.push(`--use-file-for-fake-video-capture=${video}`, `--use-file-for-fake-audio-capture=${audio}`);
  }
  const browser = await launch({
    executablePath: options.through ? await wrapper(directory, options.through) : CHROMIUM,
    // Over a pipe, because a browser in another network namespace has another loopback.
    pipe: true,
    headless: true,
    args: flags,
    userDataDir: join(directory, "profile"),
    protocolTimeout: 120_000,
    defaultViewport: { width: options.width ?? 1280, height: options.height ?? 800 },
  });
  // Instead of --use-fake-ui-for-media-stream, with which a shared screen would be Chromium's test picture.
  const session = await browser.target().createCDPSession();
  await session.send("Browser.grantPermissions", { permissions: ["audioCapture", "videoCapture"] });
  const page = (await browser.pages())[0] ?? (await browser.newPage());
  closeUnasked(page);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return {
    name: options.name,
    browser,
    page,
    complaints,
    async close() {
      await browser.close();
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Whoever is on air is asked before they reload or go elsewhere; the people of the tests mean it. */
function closeUnasked(page: Page): void {
  page.on("dialog", (dialog) => void dialog.accept().catch(() => undefined));
}

/** One more page of a person, in a window of its own: a tab in the background draws no pictures. */
export async function openWindow(person: Person, url = "about:blank"): Promise<Page> {
  const page = await person.browser.newPage({ type: "window" });
  closeUnasked(page);
  await page.setViewport({ width: 1280, height: 800 });
  // A window that is still being made can lose its first frame, and the navigation with it.
  await page.goto(url).catch(() => page.goto(url));
  return page;
}

/** A program that runs the browser by another command. */
async function wrapper(directory: string, through: string[]): Promise<string> {
  const file = join(directory, "browser.sh");
  await writeFile(file, `#!/bin/sh\nexec ${through.join(" ")} ${CHROMIUM} "$@"\n`, { mode: 0o700 });
  return file;
}
