/** Another server, as far as a job goes: takes one, says so, and does nothing. */
import { once } from "node:events";
import { z } from "zod";
import { jobStore } from "../store/jobs.ts";
import { openDatabase } from "../store/openDatabase.ts";
import { At } from "./at.ts";

const Told = z.object({ at: At, kind: z.string(), claimMs: z.int() });

const told = once(process, "message");
process.send?.("ready");
const { at, kind, claimMs } = Told.parse((await told)[0]);
const jobs = jobStore(await openDatabase(at));
const claimed = await jobs.claim([kind], claimMs);
process.send?.({ claimed: claimed?.id });
process.on("disconnect", () => process.exit());
