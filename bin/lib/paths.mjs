import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What set-up makes and keeps; may be deleted at any time. */
export const cache = join(root, ".cache");
