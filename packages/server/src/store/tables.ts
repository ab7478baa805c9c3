import type { Selectable } from "kysely";

/** Columns hold text and whole numbers only, so that SQLite and PostgreSQL keep the same. Times: ms since 1970 UTC. */
export interface Tables {
  body: {
    id: number;
    name: string;
    demo: number;
    set_up_at: number;
    zone: string;
    /** The body's own among bodies; never `null` but in a house of before, until it is brought up to date. */
    identifier: string | null;
  };
  /** A council, a committee, a college. */
  organ: { id: string; name: string; added_at: number };
  /** Which person of the roster a seat is for. Gone with the person; never in the record. */
  seat_person: { meeting: string; seat: string; person: string };
  clerk: { id: string; name: string; email: string; password: string };
  person: { id: string; name: string; party: string | null; role: string; added_at: number };
  meeting: {
    id: string;
    kind: string;
    title: string | null;
    /** The organ's name, as the record has it. */
    organ: string | null;
    starts_at: number;
    phase: string;
    recording: number;
    planned_at: number;
    ended_at: number | null;
    /** 1: its egress has finished, or never was. */
    broadcast_over: number;
  };
  event: {
    meeting: string;
    version: number;
    /** The sealed event, JSON: structure, hashes; never erased. */
    record: string;
    /** Payload and its salt, JSON; null once erased. */
    payload: string | null;
  };
  /** Commands that were done, so that one repeated after a lost answer is answered and not done twice. */
  done_command: { meeting: string; actor: string; id: string; version: number; at: number };
  /** How far each audience of a stream is: see streams.ts. */
  stream_audience: {
    meeting: string;
    stream: string;
    audience: string;
    last: number;
    erasures: number;
    erased_through: number;
  };
  stream_message: {
    meeting: string;
    stream: string;
    audience: string;
    number: number;
    at: number;
    /** An Actor, JSON. */
    author: string;
    /** JSON; null once erased. */
    body: string | null;
    /** Which of its audience's erasures took its words, counted from 1; null: none did. */
    erasure: number | null;
  };
  /** As done_command; outlives what it appended, which may be erased before it is repeated. */
  done_append: {
    meeting: string;
    stream: string;
    audience: string;
    author: string;
    id: string;
    number: number;
    at: number;
  };
  /** Lists of people that were taken in, so that one that comes again is answered and not done twice. */
  done_list: { key: string; added: number; changed: number; kept: number; at: number };
  invitation: { hash: string; meeting: string; seat: string; made_at: number };
  session: {
    hash: string;
    kind: "seat" | "clerk";
    meeting: string | null;
    seat: string | null;
    clerk: string | null;
    made_at: number;
    /** Within some minutes. */
    used_at: number;
    /** At the latest: see lifetimes.ts. */
    expires_at: number;
  };
  /** Browsers that have signed in. `failures`: wrong passwords since they last did. */
  device: { hash: string; clerk: string; signed_in_at: number; failures: number };
  /** One-time ways in. Set-up links have no clerk. */
  link: {
    hash: string;
    kind: "set-up" | "sign-in";
    clerk: string | null;
    /** Of a sign-in link: the session in which it was made, by its hash. */
    session: string | null;
    expires_at: number | null;
    used_at: number | null;
  };
  /** Who came in and who tried: see protocol/src/http/trail.ts. */
  trail: {
    id: string;
    /** Whose rows count together towards the most that are kept. */
    lane: "office" | "seat" | "stranger";
    kind: string;
    result: string;
    network: string | null;
    clerk: string | null;
    meeting: string | null;
    seat: string | null;
    count: number;
    first_at: number;
    last_at: number;
  };
  /** When each clerk last looked at the trail. */
  trail_seen: { clerk: string; at: number };
  /** What only one server may do, and which one does. */
  lease: {
    name: string;
    /** A server process, by an id that it made itself. */
    holder: string;
    /** Rises with each holder: what is done under an earlier one is done by somebody who was put aside. */
    fence: number;
    /** By the database's own clock. */
    until: number;
  };
  /** Work that is to be done, at least once: see jobs.ts. Gone when it is done. */
  job: {
    id: string;
    kind: string;
    /** JSON, or what a key outside the database opens. */
    payload: string;
    /** By which key; null: by none. */
    key: string | null;
    made_at: number;
    /** When it is to be done, or done again. These are by the database's clock. */
    due: number;
    /** How often it was begun since somebody asked for it. */
    attempts: number;
    /** Rises each time that a server takes it: what is said of it under an earlier one is not heard. */
    claim: number;
    /** Until when it is that server's; null: nobody's. */
    claimed_until: number | null;
    /** Why the last attempt failed: a code. */
    error: string | null;
    /** 1: it is not tried any more. */
    dead: number;
  };
}

export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
