import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Settings } from "@raadhuis/protocol/settings";

/**
 * How the gallery is run: its own bundle, under Node's permission model. It may read what is public, its pages and
 * itself, its certificate; no file may be written, no program started, no addon loaded.
 */
export function galleryArgs(root: string, settings: Settings): string[] {
  const bundle = join(root, "packages", "gallery", "dist", "main.mjs");
  const readable = [
    join(settings.data, "public"),
    join(root, "packages", "web", "dist", "outside"),
    bundle,
    ...(settings.gallery.tls.kind === "files" ? [settings.gallery.tls.cert, settings.gallery.tls.key] : []),
  ];
  const flags = ["--permission", "--disallow-code-generation-from-strings"];
  return [...flags, ...readable.filter(existsSync).map((path) => `--allow-fs-read=${path}`), bundle];
}
