import { spawnSync } from "node:child_process";
import { networkInterfaces } from "node:os";

/** The one address servers and clients use. It is none of loopback's: Janus skips those. */
export const address = "10.77.0.1";

const setUp = `ip link set lo up
ip link add bench0 type veth peer name bench1
ip addr add ${address}/24 dev bench0
ip link set bench0 up
ip link set bench1 up
"$@"`;

/**
 * Runs this benchmark again in a network of its own, and ends this process with its result. Nobody else's ports are
 * in the way there, every subject's packets go the same way (through the kernel's loopback, as all within one machine do). Its processes are
 * numbered on their own, too: however this one ends, all that it started end with it.
 */
export function inOwnNetwork(): void {
  if (Object.values(networkInterfaces()).some((own) => own?.some((at) => at.address === address))) return;
  const isRoot = process.getuid?.() === 0;
  // unshare does not hear the signals that end this process: it ends with it, and all in it with it.
  const { status, error } = spawnSync(
    "setpriv",
    [
      "--pdeathsig=KILL",
      "unshare",
      "--net",
      "--pid",
      "--fork",
      "--kill-child",
      "--mount-proc",
      ...(isRoot ? [] : ["--map-root-user"]),
      "sh",
      "-ec",
      setUp,
      "sh",
      process.execPath,
      ...process.argv.slice(1),
    ],
    { stdio: "inherit" },
  );
  if (error) throw error;
  process.exit(status ?? 1);
}
