import { MeetingId, MeetingKind, Phase, type SeatId, type StoredEvent } from "@raadhuis/meeting";
import type { Transaction } from "kysely";
import { NotUnique } from "./conflicts.ts";
import type { Database } from "./database.ts";
import { parseJson } from "./json.ts";
import type { Row, Tables } from "./tables.ts";

/** What a list of meetings shows; kept beside the events and written in the same transaction. */
export interface Summary {
  id: MeetingId;
  kind: MeetingKind;
  title: string | null;
  organ: string | null;
  startsAt: number;
  phase: Phase;
  recording: boolean;
  broadcastOver: boolean;
}

export interface Append {
  meeting: MeetingId;
  /** Version the events were decided on; 0 for a meeting that is planned here. */
  expected: number;
  /** Numbered from `expected` + 1. */
  events: readonly StoredEvent[];
  /** Seats that are removed by them. */
  removed?: readonly SeatId[];
  summary: Omit<Summary, "id" | "broadcastOver">;
  /** The command these events answer, to know it again. */
  command?: { actor: string; id: string } | undefined;
  /** Links given out together with the seats that these events assign. */
  invitations?: readonly { seat: SeatId; hash: string }[];
  /** Whom of the roster the seats are for. */
  persons?: readonly { seat: SeatId; person: string }[];
  now: number;
}

export class VersionConflict extends Error {
  constructor() {
    super("The meeting has other events by now.");
    this.name = "VersionConflict";
  }
}

/** Others may have written it between our look and this. */
const onlyOnce = (writing: Promise<unknown>): Promise<unknown> =>
  writing.catch((error) => {
    throw error instanceof NotUnique ? new VersionConflict() : error;
  });

/** Somebody whom a seat is to be for is not in the roster. */
export class PersonGone extends Error {
  readonly seat: SeatId;

  constructor(seat: SeatId) {
    super("A seat is for somebody who is not in the roster.");
    this.name = "PersonGone";
    this.seat = seat;
  }
}

const summaryOf = (row: Row<"meeting">): Summary => ({
  id: MeetingId.parse(row.id),
  kind: MeetingKind.parse(row.kind),
  phase: Phase.parse(row.phase),
  title: row.title,
  organ: row.organ,
  startsAt: row.starts_at,
  recording: row.recording === 1,
  broadcastOver: row.broadcast_over === 1,
});

async function seatPersons(
  trx: Transaction<Tables>,
  meeting: MeetingId,
  persons: NonNullable<Append["persons"]>,
): Promise<void> {
  if (persons.length === 0) return;
  const ids = persons.map(({ person }) => person);
  const rows = await trx.selectFrom("person").select("id").where("id", "in", ids).execute();
  const known = new Set(rows.map(({ id }) => id));
  const gone = persons.find(({ person }) => !known.has(person));
  if (gone) throw new PersonGone(gone.seat);
  await trx
    .insertInto("seat_person")
    .values(persons.map(({ seat, person }) => ({ meeting, seat, person })))
    .execute();
}

/** Meetings and their events. */
export const recordStore = ({ read, write, transact }: Database) => ({
  /**
   * All or nothing: the events, the summary, the command's id and what follows for links. Whoever is removed loses
   * link and sessions in this same transaction. Throws VersionConflict when `expected` is not the last version, and
   * PersonGone.
   */
  async append({
    meeting,
    expected,
    events,
    summary,
    removed = [],
    command,
    invitations = [],
    persons = [],
    now,
  }: Append): Promise<void> {
    await transact(async (trx, say) => {
      say({ kind: "meeting", meeting, version: expected + events.length });
      const last = await trx
        .selectFrom("event")
        .select((e) => e.fn.max("version").as("version"))
        .where("meeting", "=", meeting)
        .executeTakeFirst();
      if ((last?.version ?? 0) !== expected) throw new VersionConflict();
      const columns = {
        kind: summary.kind,
        title: summary.title,
        organ: summary.organ,
        starts_at: summary.startsAt,
        phase: summary.phase,
        recording: summary.recording ? 1 : 0,
      };
      if (expected === 0)
        await onlyOnce(
          trx
            .insertInto("meeting")
            .values({ id: meeting, ...columns, planned_at: now, broadcast_over: 0 })
            .execute(),
        );
      else await trx.updateTable("meeting").set(columns).where("id", "=", meeting).execute();
      if (summary.phase === "ended")
        await trx
          .updateTable("meeting")
          .set({ ended_at: now })
          .where("id", "=", meeting)
          .where("ended_at", "is", null)
          .execute();
      const rows = events.map(({ payload, salt, ...record }) => ({
        meeting,
        version: record.version,
        record: JSON.stringify(record),
        payload: JSON.stringify({ payload, salt }),
      }));
      for (const row of rows) await onlyOnce(trx.insertInto("event").values(row).execute());
      for (const seat of removed) {
        await trx.deleteFrom("invitation").where("meeting", "=", meeting).where("seat", "=", seat).execute();
        await trx.deleteFrom("session").where("meeting", "=", meeting).where("seat", "=", seat).execute();
      }
      for (const { seat, hash } of invitations)
        await trx.insertInto("invitation").values({ hash, meeting, seat, made_at: now }).execute();
      await seatPersons(trx, meeting, persons);
      if (command)
        await trx
          .insertInto("done_command")
          .values({ meeting, ...command, version: expected + events.length, at: now })
          .execute();
    });
  },

  /** The number of the meeting's last event; 0 for a meeting that is not there. */
  async version(meeting: MeetingId): Promise<number> {
    const last = await read
      .selectFrom("event")
      .select((e) => e.fn.max("version").as("version"))
      .where("meeting", "=", meeting)
      .executeTakeFirst();
    return last?.version ?? 0;
  },

  /** Every event of the meeting `after` that number as it was written, first to last; none for a meeting that is not there. */
  async events(meeting: MeetingId, after = 0): Promise<Record<string, unknown>[]> {
    const rows = await read
      .selectFrom("event")
      .selectAll()
      .where("meeting", "=", meeting)
      .where("version", ">", after)
      .orderBy("version")
      .execute();
    return rows.map((row) => ({
      ...parseJson(row.record),
      ...(row.payload === null ? { payload: null, salt: null } : parseJson(row.payload)),
    }));
  },

  /** The version a command of this id led to; `undefined` for one that was not done. */
  async doneCommand(meeting: MeetingId, actor: string, id: string): Promise<number | undefined> {
    const row = await read
      .selectFrom("done_command")
      .select("version")
      .where("meeting", "=", meeting)
      .where("actor", "=", actor)
      .where("id", "=", id)
      .executeTakeFirst();
    return row?.version;
  },

  /** A page repeats a lost command within minutes, never after a day. */
  async forgetCommands(before: number): Promise<void> {
    await write.deleteFrom("done_command").where("at", "<", before).execute();
  },

  async summaries(): Promise<Summary[]> {
    const rows = await read.selectFrom("meeting").selectAll().orderBy("starts_at").orderBy("planned_at").execute();
    return rows.map(summaryOf);
  },

  async summary(meeting: string): Promise<Summary | undefined> {
    const row = await read.selectFrom("meeting").selectAll().where("id", "=", meeting).executeTakeFirst();
    return row && summaryOf(row);
  },

  async endBroadcast(meeting: MeetingId): Promise<void> {
    await write.updateTable("meeting").set({ broadcast_over: 1 }).where("id", "=", meeting).execute();
  },
});

export type RecordStore = ReturnType<typeof recordStore>;
