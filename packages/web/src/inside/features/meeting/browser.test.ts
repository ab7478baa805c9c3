import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { inBrowser } from "./browser.ts";

const path = "/api/seats/seat/socket";

/** A browser at this address, as far as a connection touches it. */
function browser(t: TestContext, href: string) {
  const window = new EventTarget();
  const opened: string[] = [];
  const document = { visibilityState: "visible" };
  const fakes: Record<string, unknown> = {
    document,
    location: { href },
    WebSocket: class {
      constructor(url: URL) {
        opened.push(String(url));
      }
    },
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
  };
  for (const [name, value] of Object.entries(fakes)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    t.after(() =>
      before ? Object.defineProperty(globalThis, name, before) : Reflect.deleteProperty(globalThis, name),
    );
  }
  return { document, opened, happens: (name: string) => window.dispatchEvent(new Event(name)) };
}

test("a page's socket opens at the page's own host, encrypted where the page is", (t) => {
  const { opened } = browser(t, "http://localhost:8080/m/meeting/seat?from=mail");
  inBrowser(path).open();
  Object.assign(location, { href: "https://raad.example/m/meeting/seat" });
  inBrowser(path).open();
  assert.deepEqual(opened, [`ws://localhost:8080${path}`, `wss://raad.example${path}`]);
});

test("a page wakes its connection when the network is back, and when it is looked at, not when it is hidden", (t) => {
  const { document, happens } = browser(t, "http://localhost/");
  const heard: string[] = [];
  const end = inBrowser(path).listen?.({ online: () => heard.push("online"), looked: () => heard.push("looked") });
  happens("online");
  happens("visibilitychange");
  document.visibilityState = "hidden";
  happens("visibilitychange");
  assert.deepEqual(heard, ["online", "looked"]);
  document.visibilityState = "visible";
  end?.();
  happens("online");
  happens("visibilitychange");
  assert.equal(heard.length, 2);
});
