import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { orThrow } from "@raadhuis/client";
import type { CreatedMeeting, NewMeeting } from "@raadhuis/protocol/http";
import { type Settings, settingsOf } from "@raadhuis/protocol/settings";
import { type HouseOptions, type OpenHouse, openHouse } from "../house.ts";
import { makeLog } from "../log.ts";
import { Doorkeeper } from "../office/doorkeeper.ts";
import { databaseSettings, makeDatabase } from "./engines.ts";
import { Visitor } from "./visitor.ts";

/** Test files run at the same time; each names its own first port, from 24000. */
export interface TestHouse extends OpenHouse {
  settings: Settings;
  url: string;
}

export const KEYS = { LIVEKIT_API_KEY: "testkey", LIVEKIT_API_SECRET: "a-secret-of-the-tests-and-nobody-else" };

const folders: string[] = [];
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone when the tests of this file are done; another house may have it first. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-server-"));
  folders.push(folder);
  return folder;
}

export function testSettings(port: number, environment: Record<string, string> = {}): Settings {
  const data = environment.RAADHUIS_DATA ?? newFolder();
  const read = settingsOf({
    PORT: String(port),
    RAADHUIS_DATA: data,
    ...databaseSettings(data),
    RAADHUIS_LOG: "error",
    ...KEYS,
    ...environment,
  });
  if ("problems" in read) throw new Error(read.problems.map(({ message }) => message).join("\n"));
  return read.settings;
}

/** What a password's hash costs where tests are about something else: nothing. */
export const CHEAP = { N: 16, r: 8, p: 1 };

/** A house on a port and a folder of its own, in this process; closed after the test. */
export async function houseFor(
  t: Pick<TestContext, "after">,
  settings: Settings,
  options: Partial<HouseOptions> = {},
): Promise<TestHouse> {
  await makeDatabase(settings.database);
  const doorkeeper = new Doorkeeper({ cost: CHEAP });
  const house = await openHouse({ settings, log: makeLog(settings.log), doorkeeper, ...options });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= house.close();
    return closed;
  };
  t.after(close);
  return { ...house, close, settings, url: settings.chamber.url };
}

export const CLERK = { email: "griffie@voorbeeld.example", password: "een lang genoeg wachtwoord" };

/** The clerk's browser, in a house that was empty before. */
export async function setUp({
  url,
  setUpLink,
}: Pick<TestHouse, "url"> & { setUpLink?: string | undefined }): Promise<Visitor> {
  const clerk = new Visitor(url);
  const secret = new URL(setUpLink ?? url).hash.slice(1);
  const body = { secret, body: "Gemeente Voorbeeld", clerk: { name: "Kim Griffier", ...CLERK } };
  orThrow(await clerk.api.office.setUp({ body }));
  return clerk;
}

export const A_MEETING: NewMeeting = {
  kind: "public",
  title: "Raadsvergadering",
  startsAt: 1_800_000_000_000,
  recording: true,
  agenda: ["Opening", "Begroting", "Sluiting"],
  seats: [
    { name: "Anna Voorzitter", party: null, role: "chair" },
    { name: "Bram Lid", party: "Lijst B", role: "member" },
    { name: "Carla Lid", party: "Lijst C", role: "member" },
    { name: "Dirk Inwoner", party: null, role: "citizen" },
  ],
};

export async function planMeeting(clerk: Visitor, plan: Partial<NewMeeting> = {}): Promise<CreatedMeeting> {
  return orThrow(await clerk.api.meetings.plan({ body: { ...A_MEETING, ...plan } }));
}
