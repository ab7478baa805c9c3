import { config } from "zod";

/**
 * The pages' policy allows no code made from text. zod would find that out by trying, and every browser writes the try
 * down as a violation. It goes with zod itself (vite.config.ts), so that no schema is made before it.
 */
config({ jitless: true });
