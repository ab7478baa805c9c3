import assert from "node:assert/strict";
import {
  AccountId,
  type Actor,
  type CommandInput,
  decide,
  evolve,
  ItemId,
  type MeetingEvent,
  MeetingId,
  type MeetingState,
  parseCommand,
  type Refusal,
  SeatId,
  stamp,
} from "../index.ts";

/** A small council to try the rules on. */
export const meeting = MeetingId.parse("westbetuwe1");
export const office: Actor = { kind: "account", account: AccountId.parse("kimsaccount") };
export const house: Actor = { kind: "house", part: "presence" };
export const by = (seat: SeatId): Actor => ({ kind: "seat", seat });

export const anna = SeatId.parse("annachair");
export const kees = SeatId.parse("keesclerk");
export const mo = SeatId.parse("momember1");
export const iris = SeatId.parse("irismember");
export const bob = SeatId.parse("bobspeaker");
export const gita = SeatId.parse("gitaguest1");
export const otto = SeatId.parse("ottoobserver");
export const stranger = SeatId.parse("nobodyatall");

export const budget = ItemId.parse("budgetitem");
export const roads = ItemId.parse("roadsitem1");
export const noItem = ItemId.parse("nosuchitem");

/** A command as a page would send it, parsed as the server would. */
export function commandOf(input: CommandInput) {
  const parsed = parseCommand(input);
  assert.ok("command" in parsed, JSON.stringify(parsed));
  return parsed.command;
}

export type Step = readonly [Actor, CommandInput];

/** One meeting played step by step; every step must be accepted. */
export class Play {
  events: MeetingEvent[] = [];
  state: MeetingState | undefined;

  with(...steps: Step[]): this {
    for (const [actor, input] of steps) {
      const decision = this.decision(actor, input);
      assert.ok("events" in decision, `${input.type}: ${JSON.stringify(decision)}`);
      const at = 1_000 * (this.events.length + 1);
      const events = stamp(decision.events, { meeting, version: this.state?.version ?? 0, at, by: actor });
      for (const event of events) this.state = evolve(this.state, event);
      this.events.push(...events);
    }
    return this;
  }

  /** The state reached; the meeting has been planned. */
  get now(): MeetingState {
    assert.ok(this.state);
    return this.state;
  }

  decision(actor: Actor, input: CommandInput) {
    return decide(this.state, commandOf(input), { actor, now: 0 });
  }

  /** The code a command is refused with; `null`: it would be accepted. */
  refusal(actor: Actor, input: CommandInput): Refusal["code"] | null {
    const decision = this.decision(actor, input);
    return "refusal" in decision ? decision.refusal.code : null;
  }
}

const people: [SeatId, "chair" | "clerk" | "member" | "citizen" | "guest" | "observer", string][] = [
  [anna, "chair", "Anna de Wit"],
  [kees, "clerk", "Kees Blom"],
  [mo, "member", "Mo Haddad"],
  [iris, "member", "Iris Jansen"],
  [bob, "citizen", "Bob Vos"],
  [gita, "guest", "Gita Rao"],
  [otto, "observer", "Otto Kok"],
];

export const plan = (kind: "public" | "private" | "call" = "public"): Step => [
  office,
  { type: "planMeeting", kind, body: "West Betuwe", title: "Council", startsAt: 1, recording: kind === "public" },
];

/** Planned by the office, with seats and (but for a call) two items; nobody is there yet. */
export function planned(kind: "public" | "private" | "call" = "public"): Play {
  const play = new Play().with(plan(kind));
  for (const [seat, role, name] of people) play.with([office, { type: "assignSeat", seat, role, name, party: null }]);
  if (kind === "call") return play;
  return play.with(
    [office, { type: "addItem", item: budget, title: "Budget" }],
    [office, { type: "addItem", item: roads, title: "Roads" }],
  );
}

/** Everybody is there and the chair has opened. */
export function opened(kind: "public" | "private" | "call" = "public"): Play {
  const play = planned(kind);
  play.with([house, { type: "arrive", seats: people.map(([seat]) => seat) }]);
  return play.with([by(anna), { type: "openMeeting" }]);
}
