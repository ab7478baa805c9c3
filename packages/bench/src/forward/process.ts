import { readdirSync } from "node:fs";
import { memoryOf } from "@raadhuis/egress/testing/process.ts";

export { cpuSeconds } from "@raadhuis/egress/testing/process.ts";

/** Resident memory, MiB. */
export const residentMb = (pid: number): number => memoryOf(pid).mb;

export const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;
