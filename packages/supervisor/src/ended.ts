import type { ChildProcess } from "node:child_process";

/** Resolves when it is gone: SIGTERM, and SIGKILL after `patience` ms. */
export async function ended(child: ChildProcess, patience: number): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const last = setTimeout(() => child.kill("SIGKILL"), patience);
  await gone;
  clearTimeout(last);
}
