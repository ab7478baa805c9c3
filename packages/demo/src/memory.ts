import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "@raadhuis/process/files";
import { SeatLink } from "@raadhuis/protocol/http";
import { z } from "zod";

/** What a second start needs: the way into the office, and the links that are shown only once. */
export const Memory = z.object({
  email: z.string(),
  password: z.string(),
  meeting: z.string(),
  links: z.array(SeatLink),
});
export type Memory = z.infer<typeof Memory>;

const file = (data: string): string => join(data, "demo.json");

/** `null` where there is none. */
export async function readMemory(data: string): Promise<Memory | null> {
  try {
    return Memory.parse(JSON.parse(await readFile(file(data), "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Readable by its owner only; whole or not at all. */
export async function writeMemory(data: string, memory: Memory): Promise<void> {
  await writeWhole(file(data), JSON.stringify(memory, null, 2), { mode: 0o600 });
}
