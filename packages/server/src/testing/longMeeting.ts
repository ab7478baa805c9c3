import { randomBytes } from "node:crypto";
import { join } from "node:path";
import {
  AccountId,
  type Actor,
  type CommandInput,
  decide,
  fold,
  type MeetingId,
  parseCommand,
  readRecord,
  type StoredEvent,
  seal,
  stamp,
} from "@raadhuis/meeting";
import { makeLog } from "../log.ts";
import { Meetings } from "../meetings/meetings.ts";
import { planFor } from "../office/plan.ts";
import { hashOf, newId } from "../random.ts";
import { openStore } from "../store/store.ts";

export interface LongMeeting {
  meeting: MeetingId;
  seats: { seat: string; secret: string }[];
}

/**
 * Writes a set-up house with one open meeting of so many seats and events into a data folder, as `record` of bench needs
 * it: hands go up and down. By the house's own rules and store, but in one append: by commands it would take an hour.
 */
export async function writeLongMeeting(
  data: string,
  { seats: count, events: most }: { seats: number; events: number },
): Promise<LongMeeting> {
  const store = await openStore({ file: join(data, "raadhuis.db") });
  try {
    const clerk = { id: newId(), name: "Kim", email: "griffie@voorbeeld.example", password: "-" };
    await store.house.setUp({ name: "Voorbeeld", zone: "Europe/Amsterdam", demo: false }, clerk, Date.now());
    const body = await store.house.body();
    if (!body) throw new Error("The house was not set up.");
    const { meeting, commands, seats } = planFor(
      {
        ...{ kind: "private", title: "Lang", startsAt: Date.now(), recording: false, agenda: ["Begroting"] },
        seats: Array.from({ length: count }, (_, index) => ({
          ...{ name: `Lid ${index}`, party: null, role: index === 0 ? ("chair" as const) : ("member" as const) },
        })),
      },
      body,
      null,
    );
    const actor: Actor = { kind: "account", account: AccountId.parse(clerk.id) };
    const meetings = new Meetings({ record: store.record, log: makeLog("error") });
    const invitations = seats.map(({ seat, secret }) => ({ seat, hash: hashOf(secret) }));
    await meetings.plan(meeting, commands, { actor, invitations });
    const ids = seats.map(({ seat }) => seat);
    let { state, events, head } = readRecord(await store.record.events(meeting)) ?? {};
    if (!state || !events || head === undefined) throw new Error("The meeting was not planned.");
    const expected = events.length;
    const sealed: StoredEvent[] = [];
    const does = (by: Actor, input: CommandInput) => {
      const parsed = parseCommand(input);
      if ("problem" in parsed || !state || head === undefined) throw new Error("A command is badly written.");
      const decision = decide(state, parsed.command, { actor: by, now: Date.now() });
      if ("refusal" in decision) throw new Error(decision.refusal.message);
      const { id, version } = state;
      for (const event of stamp(decision.events, { meeting: id, version, at: Date.now(), by })) {
        const stored = seal(head, event, randomBytes(32));
        sealed.push(stored);
        head = stored.hash;
        state = fold([event], state);
      }
    };
    does({ kind: "house", part: "presence" }, { type: "arrive", seats: ids });
    does(actor, { type: "openMeeting" });
    for (let n = 1; expected + sealed.length < most; n++) {
      const seat = ids[1 + (n % (count - 1))]!;
      does({ kind: "seat", seat }, { type: "raiseHand" });
      does(actor, { type: "lowerHand", seat });
    }
    await store.record.append({ meeting, expected, events: sealed, summary: state, now: Date.now() });
    return { meeting, seats: seats.map(({ seat, secret }) => ({ seat, secret })) };
  } finally {
    await store.close();
  }
}
