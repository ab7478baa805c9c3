import { access, constants, mkdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const PERIOD_US = 100_000;

/** The processor's time that one process and its threads may have, by Linux's control groups. */
export interface CpuQuota {
  /** `null`: as much as there is. */
  limit(cores: number | null): Promise<void>;
  /** To be called when the process is gone. */
  end(): Promise<void>;
}

interface Group {
  folder: string;
  file: string;
  /** What stands in it, of so many microseconds in each period. */
  words(quotaUs: number | null): string;
}

/** @returns why not, in words, where this machine (or this user) has no control groups to be written to */
export async function cpuQuota(pid: number): Promise<CpuQuota | { unable: string }> {
  const root = await controller();
  if (!root) return { unable: "no control group of the processor is mounted" };
  const group = { ...root, folder: join(root.folder, `raadhuis-test-${pid}`) };
  try {
    await mkdir(group.folder);
    await access(join(group.folder, group.file), constants.W_OK);
    await writeFile(join(group.folder, "cgroup.procs"), `${pid}`);
  } catch (error) {
    await rmdir(group.folder).catch(() => undefined);
    return { unable: `no control group can be made here: ${error instanceof Error ? error.message : error}` };
  }
  return {
    limit: (cores) => writeFile(join(group.folder, group.file), group.words(cores && Math.round(cores * PERIOD_US))),
    end: async () => {
      // The kernel lets go of a process a moment after it is gone.
      for (let tries = 0; tries < 50; tries++) {
        const gone = await rmdir(group.folder).then(
          () => true,
          () => false,
        );
        if (gone) return;
        await wait(100);
      }
    },
  };
}

async function controller(): Promise<Group | null> {
  const mounts = (await readFile("/proc/mounts", "utf8")).split("\n").map((line) => line.split(" "));
  const first = mounts.find(([, , type, options]) => type === "cgroup" && options?.split(",").includes("cpu"));
  if (first?.[1]) return { folder: first[1], file: "cpu.cfs_quota_us", words: (quotaUs) => `${quotaUs ?? -1}` };
  for (const [, folder = "", type] of mounts) {
    if (type !== "cgroup2") continue;
    const granted = (await readFile(join(folder, "cgroup.subtree_control"), "utf8").catch(() => "")).trim().split(" ");
    if (granted.includes("cpu"))
      return { folder, file: "cpu.max", words: (quotaUs) => `${quotaUs ?? "max"} ${PERIOD_US}` };
  }
  return null;
}
