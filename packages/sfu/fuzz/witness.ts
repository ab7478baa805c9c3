import { newIdentity, opusPacket, Peer } from "../contract/kit/peer.ts";

/**
 * A call that goes on beside an attack, in a process of its own: somebody speaks, 50 packets a second, somebody
 * listens. Says once a second on stdout, as JSON, what arrived.
 *
 *     node witness.ts <url> <ticket of the speaker> <ticket of the listener>
 */
export interface Report {
  /** Packets that arrived so far. */
  packets: number;
  /** The longest pause between two of them in this second, ms; and how long this process itself was held up, ms. */
  gap: number;
  held: number;
  /** From where the two send. */
  ports: number[];
}

const [url = "", speakers = "", listeners = ""] = process.argv.slice(2);
const speaker = await Peer.meet(url, speakers, { identity: newIdentity(), direction: "sendonly", shared: true });
const listener = await Peer.meet(url, listeners, { identity: newIdentity(), direction: "recvonly", shared: true });
await Promise.all([speaker.shakeHands(), listener.shakeHands()]);
for (const peer of [speaker, listener]) peer.stay();

const { protect } = speaker.protector;
let sequence = 0;
let last = performance.now();
let gap = 0;
let held = 0;
let beat = performance.now();

listener.onPacket = () => {
  const now = performance.now();
  gap = Math.max(gap, now - last);
  last = now;
};
setInterval(() => {
  const now = performance.now();
  held = Math.max(held, now - beat - 20);
  beat = now;
  // With the roll-over of its number, every 22 minutes.
  speaker.send(protect(opusPacket(sequence), Math.floor(sequence / 65_536)));
  sequence += 1;
}, 20);
setInterval(() => {
  const report: Report = {
    packets: listener.packets,
    gap: Math.max(gap, performance.now() - last),
    held,
    ports: [speaker.localPort, listener.localPort],
  };
  console.log(JSON.stringify(report));
  gap = held = 0;
}, 1000);

const end = async () => {
  await Promise.all([speaker.stop(), listener.stop()]);
  process.exit(0);
};
process.once("SIGTERM", () => void end());
process.once("disconnect", () => void end());
