import { EgressStatus, ProgrammeOrder } from "@raadhuis/protocol/children";
import { pino } from "pino";
import { z } from "zod";
import { Broadcast } from "../broadcast.ts";
import { foldersIn, MEETING } from "./house.ts";
import { PutSink } from "./putSink.ts";

/** An egress process of its own with a sink besides the folder: orders come over IPC, each is answered by the status. */
const { ROOT, SINK } = z.object({ ROOT: z.string(), SINK: z.string() }).parse(process.env);
const broadcast = await Broadcast.open({
  meeting: MEETING,
  folders: foldersIn(ROOT),
  url: "ws://unused",
  log: pino({ level: "silent" }),
  lingerMs: 0,
  sinks: [new PutSink(SINK)],
  pace: { patienceMs: 500, firstPauseMs: 20, mostPauseMs: 200 },
});
process.on("message", (order) => {
  process.send?.(EgressStatus.parse(broadcast.take(ProgrammeOrder.parse(order))));
});
process.send?.("ready");
process.exit((await broadcast.run()) ? 0 : 1);
