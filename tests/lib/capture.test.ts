import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { after, before, test } from "node:test";
import { openPerson, type Person } from "./browser.ts";
import { isColour } from "./colour.ts";
import { colourOf, heardIn, LIP_SYNC, medianOf, settledSkew, skewsBetween } from "./measure.ts";
import { BEEP_HZ, FIELD, FLASH, signals } from "./signals.ts";
import { until } from "./wait.ts";

/** A page with one local call between two RTCPeerConnections: `#own` is what is sent, `#other` what arrives. */
const PAGE = `<!doctype html><video id="own" autoplay muted playsinline></video><video id="other" autoplay playsinline></video>
<script>
globalThis.call = async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 360 } });
  const a = new RTCPeerConnection(), b = new RTCPeerConnection();
  a.onicecandidate = ({ candidate }) => candidate && b.addIceCandidate(candidate);
  b.onicecandidate = ({ candidate }) => candidate && a.addIceCandidate(candidate);
  b.ontrack = ({ streams }) => { document.querySelector("#other").srcObject = streams[0]; };
  for (const track of stream.getTracks()) a.addTrack(track, stream);
  document.querySelector("#own").srcObject = stream;
  await a.setLocalDescription(); await b.setRemoteDescription(a.localDescription);
  await b.setLocalDescription(); await a.setRemoteDescription(b.localDescription);
};
</script>`;

let web: Server;
let person: Person;

before(async () => {
  web = createServer((_, reply) => reply.setHeader("content-type", "text/html").end(PAGE));
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  const address = web.address();
  assert.ok(address && typeof address === "object");
  person = await openPerson({ name: "green", signal: signals.green });
  await person.page.goto(`http://127.0.0.1:${address.port}/`);
  await person.page.evaluate("call()");
});
after(async () => {
  await person?.close();
  web?.close();
});

test("a person's picture keeps its colour through a call", async () => {
  const colour = await until("a decoded picture", () => colourOf(person.page, "#other", FIELD));
  assert.ok(isColour(colour, signals.green.colour), `${colour}`);
  assert.ok(!isColour(colour, signals.yellow.colour), `${colour}`);
});

test("a person's tone is heard through a call, with the browser's own sound processing, and no other", async () => {
  assert.deepEqual(await heardIn(person.page, "#other"), [signals.green.tone]);
});

/** A browser needs half a minute to bring them closer than that; what is looked at here is the measuring. */
const ALIKE = 2 * LIP_SYNC;

test("sound and picture of a browser's own call are found to be delayed alike", async () => {
  const { page } = person;
  const signal = { region: FLASH, beep: BEEP_HZ };
  const skew = await settledSkew(
    { page, video: "#own", audio: "#own" },
    { page, video: "#other", audio: "#other" },
    signal,
    ALIKE,
  );
  assert.ok(Math.abs(skew) < ALIKE, `${skew} ms`);
});

test("a delay of the sound alone is told, of both together is none", () => {
  const sent = { flashes: [1000, 3040, 5080], beeps: [1200, 3210, 5220] };
  const late = { flashes: [1100, 3140, 5180], beeps: [1600, 3610, 5620] };
  assert.deepEqual(skewsBetween(sent, late), [300, 300, 300]);
  const both = { flashes: sent.flashes.map((at) => at + 250), beeps: sent.beeps.map((at) => at + 250) };
  assert.deepEqual(skewsBetween(sent, both), [0, 0, 0]);
  assert.ok(Number.isNaN(medianOf(skewsBetween(sent, { flashes: [], beeps: [] }))));
});
