import { rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { copyWhole, UNFINISHED, writeWhole } from "@raadhuis/process/files";
import { isImmutable, RECORDING, STATE } from "@raadhuis/protocol/publicNames";
import { makeFolder, namesIn, remove } from "../files.ts";
import type { PublicFile, Sink } from "./sink.ts";

const PARTS = "parts";

/** The announcement is the server's, and is left alone. */
const isOurs = (name: string): boolean =>
  [STATE, RECORDING].includes(name) || name.endsWith(".m3u8") || isImmutable(name) || name.endsWith(UNFINISHED);

/** The meeting's folder in `public/`, which the gallery, or any web server, serves. */
export class FolderSink implements Sink {
  readonly name = "folder";
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Also what an egress before this one was writing when it died, and nobody writes again. */
  async names(): Promise<string[]> {
    const parts = await namesIn(join(this.#folder, PARTS));
    const names = [...(await namesIn(this.#folder)), ...parts.map((name) => `${PARTS}/${name}`)];
    return names.filter(isOurs);
  }

  async put({ name, content }: PublicFile): Promise<void> {
    const path = join(this.#folder, name);
    await makeFolder(dirname(path));
    if (typeof content === "string") await writeWhole(path, content);
    else await copyWhole(content.path, path);
  }

  /** A folder within that nothing is left in goes, too: what was taken back leaves no trace. */
  async remove(name: string): Promise<void> {
    await remove(join(this.#folder, name));
    // Each time: one that a death left behind is empty by now.
    await rmdir(join(this.#folder, PARTS)).catch(() => undefined);
  }
}
