import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import type { Page } from "puppeteer-core";
import { build } from "vite";
import { patience, roomForEach } from "./kit/room.ts";

/** The application as a person would bundle it, from its npm packages. */
async function bundled(): Promise<string> {
  const input = fileURLToPath(new URL("kit/example.js", import.meta.url));
  const made = await build({ configFile: false, logLevel: "error", build: { write: false, rollupOptions: { input } } });
  const code = [made].flat().flatMap((one) => ("output" in one ? one.output : []));
  return code.map((chunk) => (chunk.type === "chunk" && chunk.isEntry ? chunk.code : "")).join("");
}

describe("LiveKit's VideoConference, as it comes from npm", patience, () => {
  const room = roomForEach("example");
  let pages: Server;
  let address = "";

  before(async () => {
    const code = await bundled();
    pages = createServer((request, response) => {
      const script = request.url === "/example.js";
      response.setHeader("content-type", script ? "text/javascript" : "text/html");
      response.end(script ? code : '<!doctype html><body><script type="module" src="/example.js"></script>');
    }).listen(0, "127.0.0.1");
    await once(pages, "listening");
    const at = pages.address();
    assert.ok(at && typeof at === "object");
    address = `http://127.0.0.1:${at.port}/`;
  });
  after(() => pages.close());

  const open = async (identity: string): Promise<Page> => {
    const { page } = await room.page();
    const token = await room.ticket(identity);
    await page.goto(`${address}#${new URLSearchParams({ url: room.server.url, token })}`);
    return page;
  };

  it("holds a call: each has both pictures, moving, the other's sound, and what they write", async () => {
    const [anna, bert] = [await open("anna"), await open("bert")];
    for (const page of [anna, bert]) {
      await page.waitForFunction(
        () => {
          const videos = [...document.querySelectorAll("video")];
          return videos.length === 2 && videos.every((video) => video.getVideoPlaybackQuality().totalVideoFrames > 10);
        },
        { timeout: 120_000 },
      );
      await page.waitForFunction(
        () => {
          const audio = [...document.querySelectorAll("audio")].find((element) => element.srcObject);
          return audio !== undefined && !audio.paused && audio.currentTime > 1;
        },
        { timeout: 120_000 },
      );
    }
    await anna.waitForSelector(".lk-chat-toggle");
    await anna.$eval(".lk-chat-toggle", (button) => button instanceof HTMLElement && button.click());
    await anna.waitForSelector(".lk-chat-form-input");
    await anna.$eval(".lk-chat-form-input", (input) => input instanceof HTMLElement && input.focus());
    await anna.keyboard.sendCharacter("Goedemiddag");
    await anna.keyboard.press("Enter");
    await bert.waitForFunction(() => document.body.textContent.includes("Goedemiddag"), { timeout: 120_000 });
  });
});
