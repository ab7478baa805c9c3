import { type Answer, nothing, type Snapshot } from "@raadhuis/client";
import {
  AccountId,
  type Actor,
  type CommandInput,
  decide,
  evolve,
  ItemId,
  MeetingId,
  type MeetingState,
  parseCommand,
  type Role,
  SeatId,
  stamp,
} from "@raadhuis/meeting";
import type { Held } from "../inside/features/meeting/context.ts";

const meeting = MeetingId.parse("westbetuwe1");
const office: Actor = { kind: "account", account: AccountId.parse("kimsaccount") };
const house: Actor = { kind: "house", part: "presence" };

export const anna = SeatId.parse("annachair");
export const mo = SeatId.parse("momember1");
export const iris = SeatId.parse("irismember");
export const gita = SeatId.parse("gitaguest1");
export const budget = ItemId.parse("budgetitem");
export const roads = ItemId.parse("roadsitem1");

const people: [SeatId, Role, string][] = [
  [anna, "chair", "Anna de Wit"],
  [mo, "member", "Mo Haddad"],
  [iris, "member", "Iris Jansen"],
  [gita, "guest", "Gita Rao"],
];

interface Options {
  kind?: MeetingState["kind"];
  /** Whoever sends this page's commands; without it the office does. */
  self?: SeatId;
}

/** A meeting by the rules themselves, without a house: planned, with everybody in and two items, and not open yet. */
export class MeetingInMemory implements Held {
  #known: Snapshot = { ...nothing, link: "open", slow: false };
  readonly #listeners = new Set<() => void>();
  readonly #self: Actor;
  /** What this page sent, in order. */
  readonly sent: CommandInput[] = [];

  constructor({ kind = "public", self }: Options = {}) {
    this.#self = self ? { kind: "seat", seat: self } : office;
    const recording = kind === "public";
    this.office({ type: "planMeeting", kind, body: "West Betuwe", title: "Council", startsAt: 1, recording });
    for (const [seat, role, name] of people) this.office({ type: "assignSeat", seat, role, name, party: null });
    if (kind !== "call") {
      this.office({ type: "addItem", item: budget, title: "Budget" });
      this.office({ type: "addItem", item: roads, title: "Roads" });
    }
    this.house({ type: "arrive", seats: people.map(([seat]) => seat) });
  }

  readonly snapshot = (): Snapshot => this.#known;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly command = async (command: CommandInput): Promise<Answer> => {
    this.sent.push(command);
    return this.#decided(this.#self, command);
  };

  askTicket(): void {}
  tellLine(): void {}

  /** Something that is known beside the state changes. */
  become(part: Partial<Snapshot>): void {
    this.#known = { ...this.#known, ...part };
    for (const listener of this.#listeners) listener();
  }

  by(seat: SeatId, command: CommandInput): void {
    this.#must({ kind: "seat", seat }, command);
  }

  office(command: CommandInput): void {
    this.#must(office, command);
  }

  house(command: CommandInput): void {
    this.#must(house, command);
  }

  #must(actor: Actor, command: CommandInput): void {
    const answer = this.#decided(actor, command);
    if (!answer.ok) throw new Error(`${command.type} was refused: ${answer.code}`);
  }

  #decided(actor: Actor, input: CommandInput): Answer {
    const parsed = parseCommand(input);
    if (!("command" in parsed)) throw new Error(`${input.type} is no command.`);
    const before = this.#known.state ?? undefined;
    const decision = decide(before, parsed.command, { actor, now: 0 });
    if ("refusal" in decision) return { ok: false, code: decision.refusal.code };
    let state = before;
    for (const event of stamp(decision.events, { meeting, version: before?.version ?? 0, at: 1, by: actor }))
      state = evolve(state, event);
    this.become({ state: state ?? null });
    return { ok: true };
  }
}
