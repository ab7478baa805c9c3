import type { Page } from "puppeteer-core";
import { fill, hook, press, shown } from "./people.ts";

/** What a clerk does at the office, by its pages. */
export async function setUp(page: Page, setUpLink: string): Promise<void> {
  await page.goto(setUpLink);
  await fill(page, "setup-body", "Gemeente Proefdorp");
  await fill(page, "setup-name", "Griffier Proef");
  await fill(page, "setup-email", "griffie@proefdorp.example");
  await fill(page, "setup-password", "een lang genoeg wachtwoord");
  await press(page, "setup-submit");
  await shown(page, "office");
}

export interface PlannedSeat {
  name: string;
  role: "chair" | "clerk" | "member" | "citizen" | "observer" | "guest";
  party?: string;
}

export interface Planned {
  meeting: string;
  /** Personal links by name. */
  links: Record<string, string>;
}

/** Makes a public, recorded meeting with these people, who are on no roster, and gives their links. */
export async function planMeeting(
  page: Page,
  { title, agenda, seats }: { title: string; agenda: string[]; seats: PlannedSeat[] },
): Promise<Planned> {
  await press(page, "new-meeting");
  await fill(page, "meeting-title", title);
  await fill(page, "meeting-agenda", agenda.join("\n"));
  for (const { name, role, party } of seats) {
    await fill(page, "extra-name", name);
    if (party) await fill(page, "extra-party", party);
    await page.select(hook("extra-role"), role);
    await press(page, "extra-add");
    await page.waitForFunction(
      (selector, name) => [...document.querySelectorAll(selector)].some((row) => row.outerHTML.includes(name)),
      {},
      hook("seat-row"),
      name,
    );
  }
  await press(page, "meeting-submit");
  await shown(page, "link-row");
  const links = await page.$$eval(hook("link-row"), (rows) =>
    rows.map((row) => {
      const field = row.querySelector('[data-testid="link"]');
      return [row.getAttribute("data-name") ?? "", field instanceof HTMLInputElement ? field.value : ""] as const;
    }),
  );
  const meeting = /\/m\/([a-z0-9]+)#/.exec(links[0]?.[1] ?? "")?.[1];
  if (!meeting) throw new Error("The office shows no personal link.");
  return { meeting, links: Object.fromEntries(links) };
}
