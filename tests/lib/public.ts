import { existsSync } from "node:fs";
import { link, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ReleasedState, wholeState } from "@raadhuis/protocol/public";
import { findSignal, type Sighting } from "./media.ts";
import type { Signal } from "./signals.ts";

/**
 * Keeps every file that ever stands in `public/`, also those that are replaced or taken away: a hard link to each, as
 * it was, under each name it had (a file is written beside its place and then renamed). What the public could have fetched at any moment is here.
 */
export interface PublicWatch {
  folder: string;
  /** Looks a last time and ends. */
  stop(): Promise<void>;
}

export async function watchPublic(publicFolder: string, folder: string): Promise<PublicWatch> {
  const kept = new Set<string>();
  let going = true;
  const look = async () => {
    if (!existsSync(publicFolder)) return;
    for (const name of await readdir(publicFolder, { recursive: true })) {
      const path = join(publicFolder, name);
      try {
        const file = await stat(path);
        const one = `${file.ino} ${name}`;
        if (!file.isFile() || kept.has(one)) continue;
        await link(path, join(folder, `${String(kept.size).padStart(5, "0")}_${name.replaceAll("/", "_")}`));
        kept.add(one);
      } catch {
        // Replaced between two steps; the next look finds what replaced it.
      }
    }
  };
  await mkdir(folder, { recursive: true });
  const watching = (async () => {
    while (going) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    await look();
  })();
  return {
    folder,
    async stop() {
      going = false;
      await watching;
    },
  };
}

export interface Find {
  /** Films in which the colour is seen or the tone heard. */
  media: Sighting[];
  /** Other files that hold one of the words. */
  words: string[];
  /** Number of films and of other files looked into: a search of nothing finds nothing. */
  films: number;
  texts: number;
  /** Films that could not be read, each with why; a caller wants none. */
  unread: string[];
}

/**
 * THE search: for a person's colour and tone in every film, segment (with each initialisation there is) and recording
 * of a folder, and for words in every other file.
 */
export async function searchPublic(folder: string, signal: Signal, words: string[]): Promise<Find> {
  const find: Find = { media: [], words: [], films: 0, texts: 0, unread: [] };
  const names = (await readdir(folder)).sort();
  const films: string[] = names
    .filter((name) => name.endsWith(".mp4") && !/init-/.test(name))
    .map((name) => join(folder, name));
  for (const init of names.filter((name) => /init-.*\.mp4$/.test(name)))
    films.push(await joined(folder, init, segmentsOf(names, init)));
  for (const film of films) {
    find.films++;
    try {
      const sighting = await findSignal(film, signal);
      if (sighting.seen > 0 || sighting.heard > 0) find.media.push(sighting);
    } catch (error) {
      find.unread.push(`${film}: ${error instanceof Error ? error.message : error}`);
    }
  }
  for (const name of names.filter((name) => !/\.(mp4|m4s)$/.test(name))) {
    find.texts++;
    const text = await readFile(join(folder, name), "utf8");
    if (words.some((word) => text.includes(word))) find.words.push(name);
  }
  return find;
}

const isSegment = /(\d+)\.m4s$/;
const numberOf = (name: string) => Number(isSegment.exec(name)?.[1]);
const meetingOf = (name: string) => /^\d+_([a-z0-9]+)_/.exec(name)?.[1];

/** All segments of the meeting: each is tried with each initialisation, so that none escapes by a playlist's word. */
const segmentsOf = (names: string[], init: string): string[] =>
  names
    .filter((name) => isSegment.test(name) && meetingOf(name) === meetingOf(init))
    .sort((one, other) => numberOf(one) - numberOf(other));

async function joined(folder: string, init: string, segments: string[]): Promise<string> {
  const parts = await Promise.all([init, ...segments].map((name) => readFile(join(folder, name))));
  const film = join(folder, `joined-${init}.film`);
  await writeFile(film, Buffer.concat(parts));
  return film;
}

/** Every released state that was ever public, oldest first, each with the parts that it named. */
export async function releasedStates(folder: string): Promise<ReleasedState[]> {
  const names = (await readdir(folder)).sort();
  const json = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder, name), "utf8"));
  const read = new Map<string, Promise<unknown>>();
  const part = (ending: string): Promise<unknown> => {
    const found = names.find((name) => name.endsWith(`_${ending.replaceAll("/", "_")}`)) ?? ending;
    const content = read.get(found) ?? json(found);
    read.set(found, content);
    return content;
  };
  return Promise.all(
    names
      .filter((name) => name.endsWith("_state.json"))
      .map(async (name) => wholeState(ReleasedState.parse(await json(name)), part)),
  );
}
