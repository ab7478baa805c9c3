import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import WebSocket, { WebSocketServer } from "ws";
import { Client } from "./client.ts";
import { Conductor, type Course, nextAct } from "./conductor.ts";
import { Line } from "./line.ts";

const course = (changed: Partial<Course> = {}): Course => ({
  phase: "open",
  item: "one",
  agenda: ["one", "two"],
  holder: null,
  ...changed,
});
const speakers = ["a", "b"];

test("a council in session: opened, item by item, the floor from one to the other", () => {
  assert.deepEqual(nextAct(course({ phase: "planned" }), { step: 0, speakers }), { type: "openMeeting" });
  assert.deepEqual(nextAct(course({ item: null }), { step: 1, speakers }), { type: "startItem", item: "one" });
  assert.deepEqual(nextAct(course(), { step: 4, speakers }), { type: "startItem", item: "two" });
  assert.deepEqual(nextAct(course({ holder: "a" }), { step: 1, speakers }), { type: "giveFloor", seat: "b" });
  assert.deepEqual(nextAct(course({ holder: "b", item: "two" }), { step: 4, speakers }), {
    type: "giveFloor",
    seat: "a",
  });
  assert.equal(nextAct(course({ holder: "a" }), { step: 1, speakers: ["a"] }), null);
  for (const phase of ["suspended", "ended"]) assert.equal(nextAct(course({ phase }), { step: 4, speakers }), null);
});

test("who leads the meeting themselves is let lead: the conductor leaves", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const address = server.address();
  assert.ok(address && typeof address === "object");
  const connected = once(server, "connection");
  const line = new Line(new Client(`http://127.0.0.1:${address.port}`), "/api/office/meetings/m/socket");
  new Conductor(line, speakers).start();
  const [socket] = await connected;
  const heard: { type: string; id: string; command: { type: string } }[] = [];
  const commands = () => heard.filter(({ type }) => type === "command");
  const command = async (number: number) => {
    while (commands().length < number) await once(socket, "message");
    return commands()[number - 1]!;
  };
  socket.on("message", (data: Buffer) => heard.push(JSON.parse(String(data))));
  const say = (message: object) => socket.send(JSON.stringify(message));
  const state = { phase: "planned", item: null, agenda: [{ id: "one" }], floor: { holder: null } };
  say({ type: "welcome", you: { kind: "office" }, now: 1, zone: "Europe/Amsterdam", from: "here", state });
  const opening = await command(1);
  assert.equal(opening.command.type, "openMeeting");
  say({ type: "events", events: [{ type: "meeting.opened", structure: { epoch: 2 } }] });
  say({ type: "done", id: opening.id, version: 2 });
  const item = await command(2);
  assert.deepEqual(item.command, { type: "startItem", item: "one" });
  say({ type: "events", events: [{ type: "item.started", structure: { item: "one" } }] });
  say({ type: "done", id: item.id, version: 3 });
  say({ type: "events", events: [{ type: "seat.arrived", structure: { seats: ["a"] } }] });
  socket.ping();
  await once(socket, "pong");
  assert.equal(socket.readyState, WebSocket.OPEN, "what it did itself, and who comes, is no reason to leave");
  const closed = once(socket, "close");
  say({ type: "events", events: [{ type: "doors.closed", structure: { epoch: 3, admitted: [] } }] });
  await closed;
  server.close();
});
