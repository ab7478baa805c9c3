import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24240;

/** In a thread of its own: strangers who send requests at 5 Mbit/s each, and do not wait for answers. */
const strangers = `
  const { connect } = require("node:net");
  const one = Buffer.from("GET /api/house HTTP/1.1\\r\\nhost: localhost:${PORT}\\r\\n\\r\\n");
  const many = Buffer.concat(Array(Math.ceil(12_500 / one.length)).fill(one));
  const come = () => {
    const socket = connect(${PORT}, "localhost");
    socket.on("data", () => {}).on("error", () => {}).on("close", () => { clearInterval(timer); setTimeout(come, 50); });
    const timer = setInterval(() => { if (!socket.writableNeedDrain) socket.write(many); }, 20);
  };
  for (let i = 0; i < 3; i++) come();
  setTimeout(() => require("node:worker_threads").parentPort.postMessage("at it"), 1_000);
`;

test("strangers who send requests as fast as a connection takes them keep nobody waiting", async (t) => {
  let worker: Worker | undefined;
  // Before the house: one that is closed has no store to answer from.
  t.after(() => worker?.terminate());
  const house = await houseFor(t, testSettings(PORT));
  const { links } = await planMeeting(await setUp(house));
  const line = await new Visitor(house.url).sit(links[0]!.link);
  await line.welcome();
  worker = new Worker(strangers, { eval: true });
  await once(worker, "message");
  const asked = performance.now();
  for (let i = 0; i < 10; i++) await line.command({ type: "raiseHand", seat: "nobodyhere" });
  const took = performance.now() - asked;
  // A minute and more without the bound; a busy machine is slow with it, too.
  assert.ok(took < 15_000, `ten commands took ${Math.round(took)} ms`);
});

test("a connection with more requests at once than anybody asks is ended", async (t) => {
  const house = await houseFor(t, testSettings(PORT));
  const answersTo = async (count: number) => {
    const socket = connect(PORT, "localhost");
    socket.on("error", () => undefined);
    const request = (more = "") => `GET /healthz HTTP/1.1\r\nhost: localhost:${PORT}\r\n${more}\r\n`;
    socket.write(request().repeat(count - 1) + request("connection: close\r\n"));
    const answer = await socket.toArray().catch(() => []);
    return String(Buffer.concat(answer)).split("HTTP/1.1 200").length - 1;
  };
  assert.equal(await answersTo(8), 8);
  assert.ok((await answersTo(100)) < 9);
  assert.equal((await new Visitor(house.url).get("/healthz")).status, 200);
});
