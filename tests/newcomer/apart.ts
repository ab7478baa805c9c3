import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Log } from "./log.ts";

/** What runs now, on whatever machine. */
const running = new Set<ChildProcess>();

/** Ends it all at once, and waits until it is gone: nobody has its pipes open then. */
export async function endAll(): Promise<void> {
  const gone = [...running].map((child) => once(child, "close"));
  for (const child of running) child.kill("SIGKILL");
  await Promise.all(gone);
}

/**
 * Starts a command in mount and process namespaces of its own. It ends with this process, however that ends, and all in
 * it with it. A Ctrl-C at the terminal is for us alone.
 */
export function startApart(command: readonly string[], env: Readonly<Record<string, string | undefined>>) {
  const child = spawn(
    "setpriv",
    ["--pdeathsig=KILL", "unshare", "--mount", "--pid", "--fork", "--kill-child", ...command],
    { env: { ...env }, stdio: ["pipe", "pipe", "pipe", "pipe"], detached: true },
  );
  running.add(child);
  child.once("close", () => running.delete(child));
  return child;
}

/** Runs a command of this machine to its end, apart; fails when it fails. */
export async function runApart(command: readonly string[], log: Log): Promise<void> {
  log.say(command.join(" "));
  const child = startApart(command, process.env);
  for (const stream of [child.stdout, child.stderr]) stream.on("data", log.hear);
  child.stdin.end();
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`${command[0]} ended with ${status}.`);
}
