import { z } from "zod";
import { type NewJob, newJobId } from "../store/jobs.ts";
import type { Sealed, Secrets } from "./secrets.ts";

/** Of a failure this is kept, and shown to the office: never words, names or addresses. */
export const FailureCode = z.string().regex(/^[a-z][a-z-]*(\.[a-z][a-z-]*)+$/);

/** It did not succeed, for a reason that has a code. `final`: trying again is of no use. */
export class JobFailed extends Error {
  readonly code: string;
  readonly final: boolean;

  constructor(code: string, { final = false } = {}) {
    super(`The job failed: ${code}.`);
    this.name = "JobFailed";
    this.code = FailureCode.parse(code);
    this.final = final;
  }
}

/** What is known of a job while it is done. */
export interface Doing {
  id: string;
  /** Counted from 1. It may have been done before, all of it or half: see to it that twice is as once. */
  attempt: number;
  /** Another server has it by now, it takes too long, or the house ends: stop at once, by throwing. Whatever returns is done. */
  signal: AbortSignal;
}

/** A kind of job, as whoever does it sees it. */
export interface Runnable {
  readonly name: string;
  run(text: string, doing: Doing): Promise<void>;
}

export interface JobKindOptions<P> {
  /** As `mail.invitation`: stays for ever, as jobs outlive the version that wrote them. */
  name: string;
  payload: z.ZodType<P>;
  /** Whether it says something that opens a door: then it is encrypted by a key that is not in the database. */
  isSecret: boolean;
  run: (payload: P, doing: Doing) => Promise<void>;
}

/** A kind of job: what it says, and how it is done. */
export class JobKind<P> implements Runnable {
  readonly name: string;
  readonly #options: JobKindOptions<P>;

  constructor(options: JobKindOptions<P>) {
    this.name = options.name;
    this.#options = options;
  }

  /** One of it, to be written with what causes it (`addIn`). */
  of(payload: P, secrets: () => Secrets): NewJob {
    const { name, isSecret } = this.#options;
    const id = newJobId();
    const text = JSON.stringify(this.#options.payload.parse(payload));
    const written: Sealed = isSecret ? secrets().seal(text, `${name}/${id}`) : { text, key: null };
    return { id, kind: name, payload: written.text, key: written.key };
  }

  async run(text: string, doing: Doing): Promise<void> {
    const payload = this.#options.payload.safeParse(JSON.parse(text));
    if (!payload.success) throw new JobFailed("job.unreadable", { final: true });
    await this.#options.run(payload.data, doing);
  }
}
