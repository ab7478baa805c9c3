import { randomBytes } from "node:crypto";
import {
  AccountId,
  type Actor,
  type CommandInput,
  decide,
  evolve,
  fold,
  type MeetingEvent,
  MeetingId,
  type MeetingState,
  parseCommand,
  SeatId,
  seal,
  stamp,
} from "@raadhuis/meeting";
import { type Row, rowOf } from "../result.ts";

const SEATS = 45;
const meeting = MeetingId.parse("benchmeeting");
const clerk: Actor = { kind: "account", account: AccountId.parse("benchclerk") };
const seats = Array.from({ length: SEATS }, (_, index) => SeatId.parse(`benchseat${100 + index}`));

/** An open meeting of a council in which hands go up and down, so many events long. */
function longMeeting(length: number): { events: MeetingEvent[]; state: MeetingState } {
  const events: MeetingEvent[] = [];
  let state: MeetingState | undefined;
  const does = (by: Actor, input: CommandInput) => {
    for (const event of decided(state, by, input)) {
      state = evolve(state, event);
      events.push(event);
    }
  };
  does(clerk, { type: "planMeeting", kind: "public", body: "B", title: "T", startsAt: 1, recording: true });
  for (const [index, seat] of seats.entries())
    does(clerk, { type: "assignSeat", seat, role: index ? "member" : "chair", name: `Lid ${index}`, party: null });
  does({ kind: "house", part: "presence" }, { type: "arrive", seats });
  does(clerk, { type: "openMeeting" });
  for (let n = 1; events.length < length; n++) {
    const seat = seats[1 + (n % (SEATS - 1))]!;
    does({ kind: "seat", seat }, { type: "raiseHand" });
    does(clerk, { type: "lowerHand", seat });
  }
  if (!state) throw new Error("The meeting was not planned.");
  return { events, state };
}

function decided(state: MeetingState | undefined, by: Actor, input: CommandInput): MeetingEvent[] {
  const parsed = parseCommand(input);
  if ("problem" in parsed) throw new Error(parsed.problem.message);
  const decision = decide(state, parsed.command, { actor: by, now: 1 });
  if ("refusal" in decision) throw new Error(decision.refusal.message);
  return stamp(decision.events, { meeting, version: state?.version ?? 0, at: 1, by });
}

/** Seconds to fold 100,000 events; milliseconds of a command (parsed, decided, sealed, folded) on a meeting of 10,000. */
export function measureRules(log: (line: string) => void): Row[] {
  const { events } = longMeeting(100_000);
  const folds = Array.from({ length: 7 }, () => cpuMs(() => fold(events)) / 1000);
  const { state } = longMeeting(10_000);
  const commands = Array.from({ length: 200 }, (_, n) =>
    cpuMs(() => {
      for (const event of decided(
        state,
        { kind: "seat", seat: seats[1 + (n % (SEATS - 1))]! },
        { type: "raiseHand" },
      )) {
        seal("0".repeat(64), event, randomBytes(32));
        evolve(state, event);
      }
    }),
  );
  const rows = [
    rowOf({ subject: "raadhuis", case: "100,000 events, 45 seats", metric: "fold_cpu", unit: "s" }, folds),
    rowOf({ subject: "raadhuis", case: "10,000 events, 45 seats", metric: "command_cpu", unit: "ms" }, commands),
  ];
  for (const row of rows) log(`${row.metric}: ${row.median} ${row.unit} (${row.min} to ${row.max})`);
  return rows;
}

function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
