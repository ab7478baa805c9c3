import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { CLOSE_TOO_MANY } from "@raadhuis/protocol";
import { type Ending, MeetingConnection } from "./connection.ts";

/** What a page has of a browser's WebSocket. */
class FakeSocket {
  static OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor() {
    FakeSocket.all.push(this);
  }

  send(): void {}

  close(): void {}

  opens(): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
  }

  closes(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

/** A page's connection, in a browser of which the test is the server and the clock. */
function page(t: TestContext, stillWelcome: () => Promise<Ending | null>) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  FakeSocket.all = [];
  const listeners = new Map<string, () => void>();
  const fakes: Record<string, unknown> = {
    WebSocket: FakeSocket,
    location: { href: "http://localhost/m/meeting/seat" },
    addEventListener: (name: string, listener: () => void) => listeners.set(name, listener),
    removeEventListener: (name: string) => listeners.delete(name),
  };
  for (const [name, value] of Object.entries(fakes))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  let asked = 0;
  const connection = new MeetingConnection({
    path: "/api/seats/seat/socket",
    stillWelcome: () => {
      asked++;
      return stillWelcome();
    },
  });
  connection.start();
  t.after(() => connection.stop());
  return { connection, sockets: FakeSocket.all, asked: () => asked, online: () => listeners.get("online")?.() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a page whose socket is refused asks why, and says so when its session is over", async (t) => {
  const { connection, sockets, asked } = page(t, async () => "seat.no-session");
  sockets[0]?.closes(1006);
  t.mock.timers.tick(1000);
  await settled();
  assert.equal(asked(), 1);
  assert.equal(connection.snapshot().out, "seat.no-session");
  t.mock.timers.tick(60_000);
  assert.equal(sockets.length, 1, "it does not try again");
});

test("a page whose session lives tries again, however often it is refused", async (t) => {
  const { connection, sockets } = page(t, async () => null);
  for (let attempt = 0; attempt < 3; attempt++) {
    sockets.at(-1)?.closes(1006);
    t.mock.timers.tick(3000);
    await settled();
  }
  assert.equal(sockets.length, 4);
  assert.equal(connection.snapshot().out, null);
});

test("a page that was put out for sending too much says so, and waits ten seconds", async (t) => {
  const { connection, sockets, online } = page(t, async () => null);
  sockets[0]?.opens();
  sockets[0]?.closes(CLOSE_TOO_MANY);
  assert.equal(connection.snapshot().link, "held");
  t.mock.timers.tick(9_000);
  online();
  await settled();
  assert.equal(sockets.length, 1);
  t.mock.timers.tick(1_000);
  await settled();
  assert.equal(sockets.length, 2);
});
