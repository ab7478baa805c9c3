import { config } from "zod";

/**
 * The pages' policy allows no code made from text. zod would find that out by trying, and every browser writes the try
 * down as a violation. Imported before anything that makes a schema.
 */
config({ jitless: true });
