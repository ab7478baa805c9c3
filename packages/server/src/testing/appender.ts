/** Another server, as far as the store goes: appends event after event to a meeting, up to a version, and says which it won. */
import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { StoredEvent } from "@raadhuis/meeting";
import { z } from "zod";
import { VersionConflict } from "../store/record.ts";
import { openStore } from "../store/store.ts";
import { At } from "./at.ts";

const Told = z.object({
  at: At,
  event: StoredEvent,
  summary: z.object({
    ...{ kind: z.literal("public"), phase: z.literal("open"), recording: z.literal(false) },
    ...{ title: z.string(), organ: z.null(), startsAt: z.int() },
  }),
  last: z.int(),
});

const say = (what: unknown) => process.send?.(what);
const told = once(process, "message");
say("ready");
const { at, event, summary, last } = Told.parse((await told)[0]);
const store = await openStore(at);
const won: number[] = [];
for (let expected = 1; expected < last; expected++)
  try {
    const events = [{ ...event, version: expected + 1 }];
    await store.record.append({ meeting: event.meeting, expected, events, summary, now: 1 });
    won.push(expected + 1);
    // So that the other one comes in between also where all of it is one breath.
    await setImmediate();
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
  }
await store.close();
say(won);
