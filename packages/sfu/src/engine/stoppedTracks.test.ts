import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { it } from "node:test";
import { openMediaPlane } from "./mediaPlane.ts";

it("a transport forgets outgoing tracks that stopped, and no others", async () => {
  const socket = createSocket("udp4").bind(0);
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  const plane = openMediaPlane([port]);
  assert.ok(typeof plane === "object");
  const transport = plane.endpoints[0]?.createTransport({
    ice: { ufrag: "abcd", pwd: "abcdefghijklmnopqrstuvwx" },
    dtls: { setup: "active", hash: "sha-256", fingerprint: Array(32).fill("AA").join(":") },
    candidates: [],
  });
  assert.ok(transport);
  const staying = transport.createOutgoingStreamTrack("video", { id: "staying", mediaId: "0" });
  transport.createOutgoingStreamTrack("audio", { id: "gone", mediaId: "1" }).stop();
  assert.deepEqual([...transport.outgoingStreamTracks.values()], [staying]);
  plane.stop();
});
