import { DEFAULT_ZONE, zoneOfMachine } from "@raadhuis/protocol/zone";
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import { newId } from "../random.ts";

/** In order of their names; a migration that has been in a release is never changed. */
export const migrations: Record<string, Migration> = {
  "001-house": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("body")
        .addColumn("id", "integer", (c) => c.primaryKey().notNull())
        .addColumn("name", "text", (c) => c.notNull())
        .addColumn("demo", "integer", (c) => c.notNull())
        .addColumn("set_up_at", "bigint", (c) => c.notNull())
        .execute();
      await db.schema
        .createTable("clerk")
        .addColumn("id", "text", (c) => c.primaryKey().notNull())
        .addColumn("name", "text", (c) => c.notNull())
        .addColumn("email", "text", (c) => c.notNull().unique())
        .addColumn("password", "text", (c) => c.notNull())
        .execute();
      await db.schema
        .createTable("person")
        .addColumn("id", "text", (c) => c.primaryKey().notNull())
        .addColumn("name", "text", (c) => c.notNull())
        .addColumn("party", "text")
        .addColumn("role", "text", (c) => c.notNull())
        .addColumn("added_at", "bigint", (c) => c.notNull())
        .execute();
      await db.schema
        .createTable("meeting")
        .addColumn("id", "text", (c) => c.primaryKey().notNull())
        .addColumn("kind", "text", (c) => c.notNull())
        .addColumn("title", "text")
        .addColumn("starts_at", "bigint", (c) => c.notNull())
        .addColumn("phase", "text", (c) => c.notNull())
        .addColumn("recording", "integer", (c) => c.notNull())
        .addColumn("planned_at", "bigint", (c) => c.notNull())
        .addColumn("broadcast_over", "integer", (c) => c.notNull().defaultTo(0))
        .execute();
      await db.schema
        .createTable("event")
        .addColumn("meeting", "text", (c) => c.notNull().references("meeting.id"))
        .addColumn("version", "integer", (c) => c.notNull())
        .addColumn("record", "text", (c) => c.notNull())
        .addColumn("payload", "text")
        .addPrimaryKeyConstraint("event_key", ["meeting", "version"])
        .execute();
      await db.schema
        .createTable("done_command")
        .addColumn("meeting", "text", (c) => c.notNull().references("meeting.id"))
        .addColumn("actor", "text", (c) => c.notNull())
        .addColumn("id", "text", (c) => c.notNull())
        .addColumn("version", "integer", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addPrimaryKeyConstraint("done_command_key", ["meeting", "actor", "id"])
        .execute();
      await db.schema
        .createTable("invitation")
        .addColumn("hash", "text", (c) => c.primaryKey().notNull())
        .addColumn("meeting", "text", (c) => c.notNull().references("meeting.id"))
        .addColumn("seat", "text", (c) => c.notNull())
        .addColumn("made_at", "bigint", (c) => c.notNull())
        .addUniqueConstraint("invitation_seat", ["meeting", "seat"])
        .execute();
      await db.schema
        .createTable("session")
        .addColumn("hash", "text", (c) => c.primaryKey().notNull())
        .addColumn("kind", "text", (c) => c.notNull())
        .addColumn("meeting", "text")
        .addColumn("seat", "text")
        .addColumn("clerk", "text")
        .addColumn("expires_at", "bigint", (c) => c.notNull())
        .execute();
      await db.schema.createIndex("session_seat").on("session").columns(["meeting", "seat"]).execute();
      await db.schema
        .createTable("link")
        .addColumn("hash", "text", (c) => c.primaryKey().notNull())
        .addColumn("kind", "text", (c) => c.notNull())
        .addColumn("clerk", "text")
        .addColumn("expires_at", "bigint")
        .addColumn("used_at", "bigint")
        .execute();
    },
  },
  "002-devices": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("device")
        .addColumn("hash", "text", (c) => c.primaryKey().notNull())
        .addColumn("clerk", "text", (c) => c.notNull())
        .addColumn("signed_in_at", "bigint", (c) => c.notNull())
        .addColumn("failures", "integer", (c) => c.notNull())
        .execute();
      await db.schema.createIndex("device_clerk").on("device").columns(["clerk", "signed_in_at"]).execute();
    },
  },
  "003-trail": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("trail")
        .addColumn("id", "text", (c) => c.primaryKey().notNull())
        .addColumn("lane", "text", (c) => c.notNull())
        .addColumn("kind", "text", (c) => c.notNull())
        .addColumn("result", "text", (c) => c.notNull())
        .addColumn("network", "text")
        .addColumn("clerk", "text")
        .addColumn("meeting", "text")
        .addColumn("seat", "text")
        .addColumn("count", "bigint", (c) => c.notNull())
        .addColumn("first_at", "bigint", (c) => c.notNull())
        .addColumn("last_at", "bigint", (c) => c.notNull())
        .execute();
      await db.schema.createIndex("trail_last").on("trail").columns(["last_at", "id"]).execute();
      await db.schema.createIndex("trail_lane").on("trail").columns(["lane", "last_at"]).execute();
      await db.schema
        .createTable("trail_seen")
        .addColumn("clerk", "text", (c) => c.primaryKey().notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .execute();
    },
  },
  // What was there before has its time from now on.
  "004-sessions-end": {
    async up(db: Kysely<unknown>) {
      for (const column of ["made_at", "used_at"])
        await db.schema
          .alterTable("session")
          .addColumn(column, "bigint", (c) => c.notNull().defaultTo(0))
          .execute();
      await db.schema.alterTable("meeting").addColumn("closed_at", "bigint").execute();
      const now = Date.now();
      await sql`update session set made_at = ${now}, used_at = ${now}`.execute(db);
      await sql`update meeting set closed_at = ${now} where phase = 'closed'`.execute(db);
    },
  },
  "005-done-list": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("done_list")
        .addColumn("key", "text", (c) => c.primaryKey().notNull())
        .addColumn("added", "integer", (c) => c.notNull())
        .addColumn("changed", "integer", (c) => c.notNull())
        .addColumn("kept", "integer", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .execute();
    },
  },
  // A house of before has what a new one is proposed.
  "006-zone": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable("body")
        .addColumn("zone", "text", (c) => c.notNull().defaultTo(DEFAULT_ZONE))
        .execute();
      await sql`update body set zone = ${zoneOfMachine()}`.execute(db);
    },
  },
  // Words that meant two things have their own; records stay as they were written (meeting/src/record).
  "007-words": {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable("meeting").renameColumn("closed_at", "ended_at").execute();
      await sql`update meeting set phase = 'ended' where phase = 'closed'`.execute(db);
      await sql`update meeting set kind = 'private' where kind = 'closed'`.execute(db);
      await sql`update person set role = 'citizen' where role = 'speaker'`.execute(db);
      await sql`update trail set result = 'meeting.ended' where result = 'meeting.over'`.execute(db);
      await sql`update trail set result = 'session.meeting-ended' where result = 'session.meeting-over'`.execute(db);
    },
  },
  // Who a seat is for is never in what is hashed: here it can be forgotten, and followed until then.
  "008-persons": {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable("body").addColumn("identifier", "text").execute();
      await sql`update body set identifier = ${newId()}`.execute(db);
      await db.schema
        .createTable("organ")
        .addColumn("id", "text", (c) => c.primaryKey().notNull())
        .addColumn("name", "text", (c) => c.notNull())
        .addColumn("added_at", "bigint", (c) => c.notNull())
        .execute();
      await db.schema.alterTable("meeting").addColumn("organ", "text").execute();
      await db.schema
        .createTable("seat_person")
        .addColumn("meeting", "text", (c) => c.notNull().references("meeting.id"))
        .addColumn("seat", "text", (c) => c.notNull())
        .addColumn("person", "text", (c) => c.notNull().references("person.id").onDelete("cascade"))
        .addPrimaryKeyConstraint("seat_person_key", ["meeting", "seat"])
        .execute();
      await db.schema.createIndex("seat_person_person").on("seat_person").column("person").execute();
    },
  },
  "009-streams": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("stream_audience")
        .addColumn("meeting", "text", (c) => c.notNull().references("meeting.id"))
        .addColumn("stream", "text", (c) => c.notNull())
        .addColumn("audience", "text", (c) => c.notNull())
        .addColumn("last", "integer", (c) => c.notNull())
        .addColumn("erasures", "integer", (c) => c.notNull())
        .addColumn("erased_through", "integer", (c) => c.notNull())
        .addPrimaryKeyConstraint("stream_audience_key", ["meeting", "stream", "audience"])
        .execute();
      await db.schema
        .createTable("stream_message")
        .addColumn("meeting", "text", (c) => c.notNull().references("meeting.id"))
        .addColumn("stream", "text", (c) => c.notNull())
        .addColumn("audience", "text", (c) => c.notNull())
        .addColumn("number", "integer", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addColumn("author", "text", (c) => c.notNull())
        .addColumn("body", "text")
        .addColumn("erasure", "integer")
        .addPrimaryKeyConstraint("stream_message_key", ["meeting", "stream", "audience", "number"])
        .execute();
      await db.schema
        .createIndex("stream_message_author")
        .on("stream_message")
        .columns(["meeting", "stream", "audience", "author"])
        .execute();
      await db.schema
        .createTable("done_append")
        .addColumn("meeting", "text", (c) => c.notNull().references("meeting.id"))
        .addColumn("stream", "text", (c) => c.notNull())
        .addColumn("audience", "text", (c) => c.notNull())
        .addColumn("author", "text", (c) => c.notNull())
        .addColumn("id", "text", (c) => c.notNull())
        .addColumn("number", "integer", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addPrimaryKeyConstraint("done_append_key", ["meeting", "stream", "audience", "author", "id"])
        .execute();
    },
  },
  "010-link-makers": {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable("link").addColumn("session", "text").execute();
    },
  },
  "011-leases": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("lease")
        .addColumn("name", "text", (c) => c.primaryKey().notNull())
        .addColumn("holder", "text", (c) => c.notNull())
        .addColumn("fence", "bigint", (c) => c.notNull())
        .addColumn("until", "bigint", (c) => c.notNull())
        .execute();
    },
  },
  "012-jobs": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("job")
        .addColumn("id", "text", (c) => c.primaryKey().notNull())
        .addColumn("kind", "text", (c) => c.notNull())
        .addColumn("payload", "text", (c) => c.notNull())
        .addColumn("key", "text")
        .addColumn("made_at", "bigint", (c) => c.notNull())
        .addColumn("due", "bigint", (c) => c.notNull())
        .addColumn("attempts", "integer", (c) => c.notNull())
        .addColumn("claim", "bigint", (c) => c.notNull())
        .addColumn("claimed_until", "bigint")
        .addColumn("error", "text")
        .addColumn("dead", "integer", (c) => c.notNull())
        .execute();
      await db.schema.createIndex("job_due").on("job").columns(["dead", "due"]).execute();
    },
  },
};
