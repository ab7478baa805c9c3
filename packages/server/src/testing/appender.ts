import { MeetingId, parseCommand } from "@raadhuis/meeting";
import { pino } from "pino";
import { Meetings } from "../meetings/meetings.ts";
import { openStore } from "../store/store.ts";

/** A process beside others on one store: adds items to a meeting, says how that went. Arguments: file, meeting, name, count. */
const [file = "", id = "", name = "", count = "0"] = process.argv.slice(2);
const meeting = MeetingId.parse(id);
let again = 0;
const log = pino({ level: "warn" }, { write: () => void again++ });
const { record, close } = await openStore(file);
const meetings = new Meetings({ record, log });
const codes: string[] = [];
let done = 0;
for (let n = 0; n < Number(count); n++) {
  const parsed = parseCommand({ type: "addItem", item: `item${name}${1000 + n}`, title: "T" });
  if ("problem" in parsed) throw new Error(parsed.problem.message);
  const outcome = await meetings.execute({ meeting, actor: { kind: "office" }, command: parsed.command });
  if ("version" in outcome) done++;
  else codes.push(outcome.refusal.code);
}
await close();
process.send?.({ done, again, codes });
process.disconnect();
