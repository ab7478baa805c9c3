import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import puppeteer, { type Browser } from "puppeteer-core";
import { Person } from "./person.ts";

/** Chromium with a page of livekit-client as it comes from npm. */
export interface Browsing {
  /** Port of the pages, on loopback. */
  port: number;
  /** A new participant: a page of its own. */
  open(): Promise<Person>;
  stop(): Promise<void>;
}

const flags = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--autoplay-policy=no-user-gesture-required",
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
  // Pages in the back are pages of people too.
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
];

/** What Firefox is told so that its pages behave as people's do, and ask nobody for a microphone. */
const preferences = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  "media.autoplay.default": 0,
  "media.autoplay.blocking_policy": 0,
  // It leaves 127.0.0.1 alone, and hides addresses behind names that only multicast resolves.
  "media.peerconnection.ice.loopback": true,
  "media.peerconnection.ice.obfuscate_host_addresses": false,
  // Pages in the back are pages of people too.
  "media.suspend-background-video.enabled": false,
  "dom.min_background_timeout_value": 4,
  "dom.timeout.enable_budget_timer_throttling": false,
  // Nothing leaves.
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "media.gmp-manager.updateEnabled": false,
};

/** So long a browser may take to start, and a page to load, ms: on a busy machine that is long. */
const PATIENCE = 120_000;

/** How the browser is started: which one, by another program that runs it, with more flags. */
export interface Launch {
  browser?: "chromium" | "firefox";
  executablePath?: string;
  flags?: readonly string[];
}

/** `client`: the package of livekit-client that the pages use. */
export async function startBrowsing(client = "livekit-client", launch: Launch = {}): Promise<Browsing> {
  const library = createRequire(import.meta.url).resolve(client);
  const files: Record<string, { path: string | URL; type: string }> = {
    "/": { path: new URL("page.html", import.meta.url), type: "text/html" },
    "/page.js": { path: new URL("page.js", import.meta.url), type: "text/javascript" },
    "/page.data.js": { path: new URL("page.data.js", import.meta.url), type: "text/javascript" },
    "/livekit-client.umd.js": { path: library, type: "text/javascript" },
    "/e2ee.worker.js": { path: join(dirname(library), "livekit-client.e2ee.worker.js"), type: "text/javascript" },
  };
  const pages = createServer(async (request, response) => {
    const file = files[request.url ?? ""];
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": file.type }).end(await readFile(file.path));
  });
  await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
  const address = pages.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const browser: Browser =
    launch.browser === "firefox"
      ? await puppeteer.launch({
          browser: "firefox",
          executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
          extraPrefsFirefox: preferences,
          timeout: PATIENCE,
        })
      : await puppeteer.launch({
          executablePath: launch.executablePath ?? process.env.CHROMIUM ?? "/usr/bin/chromium",
          // Over a pipe, because a browser in another network namespace has another loopback.
          pipe: true,
          timeout: PATIENCE,
          args: [...flags, ...(launch.flags ?? [])],
        });
  return {
    port,
    async open() {
      // A context of its own, so that tests leave nothing behind for each other.
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      if (process.env.CONTRACT_CONSOLE) page.on("console", (line) => console.error(line.text()));
      await page.goto(`http://127.0.0.1:${port}/`);
      return new Person(page);
    },
    async stop() {
      await browser.close();
      await new Promise((resolve) => pages.close(resolve));
    },
  };
}
