import type { Log } from "../log.ts";
import type { Part } from "../parts/part.ts";
import type { NewJob } from "../store/jobs.ts";
import type { Store } from "../store/store.ts";
import type { JobKind, Runnable } from "./kinds.ts";
import { JobRunner } from "./runner.ts";
import { Secrets } from "./secrets.ts";

export interface JobsOptions {
  store: Pick<Store, "jobs">;
  /** What this house does; jobs of other kinds wait for a house that knows them. */
  kinds: readonly Runnable[];
  /** Where the key of secret jobs is. */
  folder: string;
  log: Log;
}

/** For whoever has something to be done. */
export interface Jobs {
  /** A job, for a function of the store that writes it together with what causes it. */
  newJob<P>(kind: JobKind<P>, payload: P): NewJob;
  /** One was written: it is begun now, and not within a second. */
  wake(): void;
}

/** What is to be done later, or until it succeeds, is done by every server: each job by whichever comes first. */
export function jobsPart({ store, kinds, folder, log }: JobsOptions) {
  let known: Secrets | undefined;
  const secrets = (): Secrets => {
    known ??= Secrets.of(folder);
    return known;
  };
  const runner = new JobRunner({ jobs: store.jobs, kinds, secrets, log });
  const jobs: Jobs = { newJob: (kind, payload) => kind.of(payload, secrets), wake: () => runner.wake() };
  const part: Part = { name: "jobs", start: () => runner.start(), stop: () => runner.stop() };
  return { part, jobs };
}
