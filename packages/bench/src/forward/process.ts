import { readdirSync, readFileSync } from "node:fs";

/**
 * Seconds of processor time a process has had, user and system, all its living threads: /proc/<pid>/task/<tid>/schedstat, which counts nanoseconds
 * where utime and stime of /proc/<pid>/stat count hundredths of a second.
 */
export function cpuSeconds(pid: number): number {
  let sum = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      sum += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
    } catch {
      // It ended between the two looks.
    }
  }
  return sum / 1e9;
}

/** Resident memory, MiB. */
export function residentMb(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kib) / 1024;
}

export const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;
