import { createHash } from "node:crypto";
import { mkdirSync, realpathSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/**
 * Makes the data folder and claims it until this process ends, however it ends: two houses in one folder would tread
 * on each other. An abstract socket (Linux) is the claim, so nothing stays behind that would have to be cleared away.
 * @returns what is in the way, for a person; `null` when the folder is ours
 */
export async function claimDataFolder(
  data: string,
): Promise<{ code: "data.in-use" | "data.refused"; message: string } | null> {
  try {
    // Other users of this machine may go through to what is public, which nginx may serve, and see nothing on the way.
    mkdirSync(data, { recursive: true, mode: 0o711 });
    mkdirSync(join(data, "public"), { recursive: true, mode: 0o755 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { code: "data.refused", message: `The data folder cannot be made (${reason}). Set RAADHUIS_DATA.` };
  }
  const name = createHash("sha256").update(realpathSync(data)).digest("hex").slice(0, 32);
  const claim = createServer((socket) => socket.destroy());
  return new Promise((resolve) => {
    claim.once("error", () =>
      resolve({
        code: "data.in-use",
        message: `Another house lives in ${data}. End it first, or set RAADHUIS_DATA to another folder.`,
      }),
    );
    claim.listen(`\0raadhuis-${name}`, () => {
      claim.unref();
      resolve(null);
    });
  });
}
