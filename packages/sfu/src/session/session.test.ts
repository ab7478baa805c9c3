import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it, mock, type TestContext } from "node:test";
import { DisconnectReason, SignalRequest, SignalResponse } from "@livekit/protocol";
import { type ClientOptions, WebSocket, WebSocketServer } from "ws";
import { Session, type SessionEvents } from "./session.ts";

/** A session and the socket of its client. */
async function pair(test: TestContext, options: ClientOptions = {}) {
  const http = createServer().listen(0, "127.0.0.1");
  const sockets = new WebSocketServer({ server: http, autoPong: false });
  await once(http, "listening");
  const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`, options);
  const opened = once(client, "open");
  const [socket] = (await once(sockets, "connection")) as [WebSocket];
  await opened;
  test.after(() => {
    client.terminate();
    socket.terminate();
    http.close();
  });
  const events = {
    message: mock.fn(),
    affords: mock.fn((_weight: number): boolean => true),
    affordsPing: mock.fn((): boolean => true),
    closed: mock.fn(),
    goodbye: mock.fn(),
    broke: mock.fn(),
  } satisfies SessionEvents;
  return { client, socket, events, session: () => new Session(socket, events) };
}

const ping = new SignalRequest({ message: { case: "ping", value: 1n } });

describe("one signalling socket", () => {
  it("that says nothing any more is ended", async (test) => {
    const { client, events, session } = await pair(test, { autoPong: false });
    test.mock.timers.enable({ apis: ["setTimeout"] });
    // In steps: a timer that is set in a tick counts from its end.
    const pass = (seconds: number) => {
      for (let second = 0; second < seconds; second++) test.mock.timers.tick(1000);
    };
    session();
    pass(19);
    const heard = new Promise<void>((resolve) => events.message.mock.mockImplementation(() => resolve()));
    client.send(ping.toBinary());
    await heard;
    pass(19);
    assert.equal(events.closed.mock.callCount(), 0);
    const closed = once(client, "close");
    pass(2);
    await closed;
    assert.equal(events.message.mock.callCount(), 1);
  });

  it("that has nothing to say is asked whether it is there, and stays", async (test) => {
    const { client, socket, events, session } = await pair(test);
    test.mock.timers.enable({ apis: ["setTimeout"] });
    session();
    for (let time = 0; time < 10; time++) {
      const answered = once(socket, "pong");
      test.mock.timers.tick(12_000);
      await answered;
    }
    assert.equal(events.closed.mock.callCount(), 0);
    assert.equal(client.readyState, WebSocket.OPEN);
  });

  it("whose client does not take in what it is sent is ended, and costs a few megabytes until then", async (test) => {
    const { client, socket, session } = await pair(test);
    client.pause();
    const speaking = session();
    const closed = once(socket, "close");
    const sdp = "x".repeat(64 * 1024);
    for (let sent = 0; sent < 1000 && socket.readyState === WebSocket.OPEN; sent++)
      speaking.send({ case: "answer", value: { type: "answer", sdp } });
    await closed;
    assert.ok(socket.bufferedAmount < 5 * 1024 * 1024);
  });

  it("is answered in the form it speaks", async (test) => {
    const { client, events, session } = await pair(test);
    const speaking = session();
    events.message.mock.mockImplementation(() => speaking.send({ case: "pong", value: 5n }));
    const answerTo = async (data: string | Uint8Array) => {
      client.send(data);
      const [answer, isBinary] = (await once(client, "message")) as [Buffer, boolean];
      const pong = isBinary ? SignalResponse.fromBinary(answer) : SignalResponse.fromJsonString(answer.toString());
      assert.equal(pong.message.value, 5n);
      return isBinary;
    };
    assert.equal(await answerTo(ping.toBinary()), true);
    assert.equal(await answerTo(ping.toJsonString()), false);
    assert.equal(await answerTo(ping.toBinary()), true);
  });

  it("is asked whether it may say so much before it is read", async (test) => {
    const { client, events, session } = await pair(test);
    session();
    events.affords.mock.mockImplementation((weight) => weight < 3000);
    const broke = new Promise((resolve) => events.broke.mock.mockImplementation(resolve));
    const trickle = (length: number) =>
      new SignalRequest({ message: { case: "trickle", value: { candidateInit: "x".repeat(length) } } });
    client.send(trickle(2500).toBinary());
    client.send(trickle(2500).toJsonString());
    client.send(trickle(3000).toBinary());
    assert.equal(await broke, "signal.too-many");
    assert.equal(events.message.mock.callCount(), 2);
  });

  it("counts the socket's own pings and pongs as messages, answers those it counts and no other", async (test) => {
    const { client, events, session } = await pair(test);
    const speaking = session();
    let answered = 0;
    client.on("pong", () => answered++);
    events.affordsPing.mock.mockImplementation(() => events.affordsPing.mock.callCount() < 20);
    events.broke.mock.mockImplementation(() => speaking.leave(DisconnectReason.STATE_MISMATCH));
    const over = once(client, "close");
    for (let sent = 0; sent < 500; sent++) sent % 2 === 0 ? client.ping() : client.pong();
    await over;
    assert.equal(answered, 10);
    assert.deepEqual(
      events.broke.mock.calls.map(({ arguments: [code] }) => code),
      ["signal.too-many"],
    );
  });

  it("that is over reads no flood for a goodbye", async (test) => {
    const { client, socket, events, session } = await pair(test);
    const speaking = session();
    client.pause();
    speaking.leave(DisconnectReason.CONNECTION_TIMEOUT);
    const gone = once(socket, "close");
    for (let sent = 0; sent < 1000; sent++) client.send(ping.toBinary());
    client.send(new SignalRequest({ message: { case: "leave", value: {} } }).toBinary());
    await gone;
    assert.equal(events.goodbye.mock.callCount(), 0);
  });

  it("that breaks the protocol is told of as broken, not heard", async (test) => {
    for (const data of ["hello", "[[[[", '{"ping":{}}', Buffer.from("ffffff", "hex"), "x".repeat(100_000)]) {
      const { client, events, session } = await pair(test);
      session();
      const broke = new Promise<void>((resolve) => events.broke.mock.mockImplementation(() => resolve()));
      client.send(data);
      await broke;
      assert.equal(events.message.mock.callCount(), 0);
    }
  });

  it("hears a goodbye that crosses its own, and nothing else", async (test) => {
    const { client, socket, events, session } = await pair(test);
    const speaking = session();
    // The client has not heard yet that it is over.
    client.pause();
    speaking.leave(DisconnectReason.CONNECTION_TIMEOUT);
    const said = new Promise<void>((resolve) => events.goodbye.mock.mockImplementation(() => resolve()));
    client.send(ping.toBinary());
    client.send(new SignalRequest({ message: { case: "leave", value: {} } }).toBinary());
    await said;
    assert.equal(events.message.mock.callCount(), 0);
    socket.terminate();
  });

  it("says why it ends, once, and is deaf after it", async (test) => {
    const { client, events, session } = await pair(test);
    const speaking = session();
    const heard = once(client, "message");
    speaking.leave(DisconnectReason.ROOM_DELETED);
    speaking.leave(DisconnectReason.ROOM_DELETED);
    const [last] = (await heard) as [Buffer];
    assert.equal(SignalResponse.fromBinary(last).message.case, "leave");
    await once(client, "close");
    assert.equal(events.closed.mock.callCount(), 1);
  });
});
