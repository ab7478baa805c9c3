import { endAll } from "./run-file.ts";

/** A signal to the runner ends the files that run, with all they started. */
export function endOnSignal(): void {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"])
    process.on(signal, () => {
      endAll();
      process.exit(143);
    });
}
