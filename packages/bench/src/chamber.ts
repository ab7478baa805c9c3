import { openPerson, type Person } from "@raadhuis/tests/lib/browser.ts";
import { type House, startHouse } from "@raadhuis/tests/lib/house.ts";
import { join } from "@raadhuis/tests/lib/people.ts";
import { type Signal, signals } from "@raadhuis/tests/lib/signals.ts";
import type { Page } from "puppeteer-core";

export interface Chamber {
  house: House;
  people: { person: Person; seat: string; signal: Signal }[];
  close(): Promise<void>;
}

export interface ChamberOptions {
  env?: Record<string, string>;
  /** The house, not the browsers, runs elsewhere: what to start it by, and what to do once it is there. */
  through?: string[];
  started?(house: House): Promise<void>;
  /** Of each page, before it is opened. */
  prepare?(page: Page): Promise<void>;
}

/** A demo house, its chair and members in the chamber, each in a browser process of their own with camera and microphone. */
export async function openChamber(
  count: 2 | 3,
  { env = {}, through = [], started, prepare }: ChamberOptions = {},
): Promise<Chamber> {
  const args = ["--demo", "--people", "0"];
  const house = await startHouse({ args, through, env: { RAADHUIS_LOG: "warn", ...env } });
  const people: Chamber["people"] = [];
  const close = async () => {
    for (const { person } of people) await person.close();
    await house.close();
  };
  try {
    await started?.(house);
    const links = [house.ready.chair, ...(house.ready.members ?? [])];
    for (const [index, signal] of [signals.green, signals.red, signals.yellow].slice(0, count).entries()) {
      const link = links[index];
      if (!link) throw new Error("The demo has too few links.");
      const person = await openPerson({ name: signal.name, signal });
      people.push({ person, signal, seat: "" });
      await prepare?.(person.page);
      people[index]!.seat = await join(person, link, { on: true });
    }
    return { house, people, close };
  } catch (error) {
    await close();
    throw error;
  }
}
