import { readdirSync, readFileSync } from "node:fs";

/** Resident memory of another process, now and at most so far, MiB. */
export function memoryOf(pid: number): { mb: number; mostMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]);
  return { mb: kib("VmRSS") / 1024, mostMb: kib("VmHWM") / 1024 };
}

/**
 * Processor time that its living threads have had, user and system, s: schedstat counts nanoseconds where utime and
 * stime of /proc/<pid>/stat count hundredths of a second.
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
