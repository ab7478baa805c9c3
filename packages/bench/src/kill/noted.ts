import type { Page } from "puppeteer-core";

/** What a page's media connection does, noted by the page itself. `at`: ms since 1970. */
export interface Noted {
  /** A signalling socket is asked for, and its first message comes; a peer connection is up (ICE and DTLS). */
  what: "asked" | "answered" | "connected";
  at: number;
}

/** Before the page is opened: its signalling sockets and peer connections note what becomes of them. */
export async function noteConnections(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const noted: Noted[] = [];
    Object.assign(globalThis, { noted });
    const note = (what: Noted["what"]) => noted.push({ what, at: performance.timeOrigin + performance.now() });
    globalThis.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        if (!new URL(url, location.href).pathname.startsWith("/rtc")) return;
        note("asked");
        this.addEventListener("message", () => note("answered"), { once: true });
      }
    };
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener("connectionstatechange", () => {
          if (this.connectionState === "connected") note("connected");
        });
      }
    };
  });
}

/** What was noted since a moment (ms since 1970), in its order. */
export async function notedSince(page: Page, since: number): Promise<Noted[]> {
  return page.evaluate((since) => {
    const noted: unknown = Reflect.get(globalThis, "noted");
    return Array.isArray(noted) ? noted.filter((one: Noted) => one.at > since) : [];
  }, since);
}
