import { createRequire } from "node:module";
import { after, test } from "node:test";
import { loadEngine } from "./mediaPlane.ts";

const require = createRequire(import.meta.url);
after(() => require("medooze-media-server").terminate());

test("a track with several encodings is made and ended without anything that makes frames", () => {
  loadEngine();
  const native = require("medooze-media-server/lib/Native.js");
  const shared = require("medooze-media-server/lib/SharedPointer.js");
  const depacketizer = shared(new native.RTPIncomingMediaStreamDepacketizerShared());
  const all = shared(new native.SimulcastMediaFrameListenerShared());
  all.AttachTo(depacketizer.toMediaFrameProducer());
  all.Detach(depacketizer.toMediaFrameProducer());
  for (const one of [depacketizer, all]) one.Stop();
});
