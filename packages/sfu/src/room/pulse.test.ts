import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { AddTrackRequest, ParticipantInfo_Kind, TrackType } from "@livekit/protocol";
import { pino } from "pino";
import { livekits } from "../base/customs.ts";
import { openMediaPlane } from "../engine/mediaPlane.ts";
import type { ClientWishes } from "../participant/participant.ts";
import { MediaPorts } from "../ports/mediaPorts.ts";
import { PublishedTrack } from "../track/track.ts";
import { Pulse } from "./pulse.ts";
import { Rooms } from "./rooms.ts";
import { noWatcher } from "./watcher.ts";

const wishes: ClientWishes = {
  form: "single",
  autoSubscribe: true,
  trackInStreamId: false,
  protocol: 16,
  sdk: 0,
  clientProtocol: 0,
  capabilities: [],
};
const rights = {
  canPublish: true,
  canPublishData: true,
  canPublishSources: [],
  canSubscribe: true,
  canUpdateMetadata: false,
  hidden: false,
  recorder: false,
};

async function mediaPlane() {
  const socket = createSocket("udp4").bind(0);
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  const plane = openMediaPlane([port]);
  assert.ok(typeof plane === "object");
  const [endpoint] = plane.endpoints;
  assert.ok(endpoint);
  return {
    ports: new MediaPorts([{ endpoint, addresses: ["127.0.0.1"], port, customs: livekits }]),
    stop: () => plane.stop(),
  };
}

it("a room in trouble stops no other room from being looked after, nor itself for ever", async (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] });
  const media = await mediaPlane();
  const troubles: { room: string; msg: string; err: { message: string } }[] = [];
  const log = pino({ level: "error" }, { write: (line) => void troubles.push(JSON.parse(line)) });
  const rooms = new Rooms(media.ports, log, noWatcher);
  const somebodyIn = (room: string) => {
    const ticket = { identity: "anna", room, name: "", metadata: "", attributes: {}, rights: { ...rights } };
    const times = { kind: ParticipantInfo_Kind.STANDARD, notBefore: 0, lifetime: 60 };
    return rooms.ensure(room).join({ ...ticket, ...times }, wishes);
  };
  // Looked at in this order.
  const [troubled, well] = [somebodyIn("troubled"), somebodyIn("well")];
  const track = new PublishedTrack(new AddTrackRequest({ cid: "camera", type: TrackType.VIDEO }));
  let isBroken = true;
  const measure = track.measure.bind(track);
  track.measure = () => (isBroken ? Promise.reject(new Error("its engine is gone")) : measure());
  troubled.publications.tracks.set(track.sid, track);
  const pulse = new Pulse(rooms, log);
  context.after(() => {
    pulse.stop();
    rooms.closeAll();
    media.stop();
  });
  /** As many looks as it takes until how good connections are is one of the things looked at. */
  const lookAtAll = async () => {
    for (let beat = 0; beat < 20; beat++) {
      context.mock.timers.tick(250);
      // A look that is not over would skip the next one.
      await turn();
    }
  };

  await lookAtAll();
  assert.deepEqual([troubled.connection, well.connection !== null], [null, true]);
  assert.equal(troubles.length, 20);
  for (const { room, msg, err } of troubles)
    assert.deepEqual([room, msg, err.message], ["troubled", "pulse.failed", "its engine is gone"]);
  isBroken = false;
  await lookAtAll();
  assert.ok(troubled.connection);
  assert.equal(troubles.length, 20);
});
