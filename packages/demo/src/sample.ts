import { randomBytes } from "node:crypto";
import { type Client, orThrow } from "@raadhuis/client";
import type { FromChild } from "@raadhuis/protocol/children";
import type { SeatLink } from "@raadhuis/protocol/http";
import { BODY, CLERK, meetingAt, ORGAN, ROSTER } from "./body.ts";
import { type Memory, readMemory, writeMemory } from "./memory.ts";

export type Links = Extract<FromChild, { type: "demo" }>["links"];

/** The data folder holds a body that is no demo: its links must not be remade and its office not entered. */
export class RealBody extends Error {}

/**
 * Makes sure that there is a sample body with a meeting that is not over, as any client of the API would.
 * `chamber`: its origin. `setUpLink`: of a house that is not set up yet.
 */
export async function sampleBody(
  client: Client,
  { chamber, data, setUpLink, now }: { chamber: string; data: string; setUpLink: string | undefined; now: number },
): Promise<Memory> {
  const house = orThrow(await client.house.get());
  const memory = await readMemory(data);
  if (house.body === null) return setUp(client, { data, setUpLink, now });
  if (!house.demo || memory === null)
    throw new RealBody(
      `This data folder holds ${house.demo ? "another demo" : "a real body"}; --demo leaves it alone.`,
    );
  orThrow(await client.office.signIn({ body: { email: memory.email, password: memory.password } }));
  const meetings = orThrow(await client.meetings.list());
  const present = meetings.find(({ meeting }) => meeting === memory.meeting);
  if (present && present.phase !== "ended" && linksWork(chamber, memory)) return memory;
  return plan(client, { data, now, email: memory.email, password: memory.password });
}

async function setUp(
  client: Client,
  { data, setUpLink, now }: { data: string; setUpLink: string | undefined; now: number },
): Promise<Memory> {
  const secret = setUpLink && new URL(setUpLink).hash.slice(1);
  if (!secret) throw new Error("The house is not set up, and there is no set-up link to do it with.");
  const password = randomBytes(18).toString("base64url");
  const clerk = { ...CLERK, password };
  orThrow(await client.office.setUp({ body: { secret, body: BODY, clerk, demo: true } }));
  for (const person of ROSTER) orThrow(await client.people.add({ body: person }));
  orThrow(await client.organs.add({ body: { name: ORGAN } }));
  return plan(client, { data, now, email: CLERK.email, password });
}

async function plan(
  client: Client,
  { data, now, email, password }: { data: string; now: number; email: string; password: string },
): Promise<Memory> {
  const people = orThrow(await client.people.list());
  const organs = orThrow(await client.organs.list());
  const created = orThrow(await client.meetings.plan({ body: meetingAt(now, { people, organs }) }));
  const memory: Memory = { email, password, ...created };
  await writeMemory(data, memory);
  return memory;
}

/** Whether the remembered links still carry this house's address: its port may have changed. */
function linksWork(chamber: string, memory: Memory): boolean {
  return memory.links.every(({ link }) => new URL(link).origin === chamber);
}

/**
 * What the supervisor prints. The office's link works once. A synthetic person's own link would put them out: those are
 * told apart, and no program is offered them.
 */
export async function linksOf(client: Client, memory: Memory, synthetic: readonly SeatLink[]): Promise<Links> {
  const { link: office } = orThrow(await client.office.makeSignInLink());
  const isTaken = ({ seat }: SeatLink) => synthetic.some((taken) => taken.seat === seat);
  const of = (role: string) => memory.links.filter((seat) => seat.role === role).map(({ link }) => link);
  const one = (role: string) => {
    const [link] = of(role);
    if (!link) throw new Error(`The demo's meeting has no ${role}.`);
    return link;
  };
  return {
    meeting: memory.meeting,
    office,
    chair: one("chair"),
    clerk: one("clerk"),
    members: memory.links.filter((seat) => seat.role === "member" && !isTaken(seat)).map(({ link }) => link),
    citizen: one("citizen"),
    all: memory.links.map((seat) => ({
      name: seat.name ?? "",
      role: seat.role,
      link: seat.link,
      synthetic: isTaken(seat),
    })),
  };
}

/** Whom the synthetic people are: members from the last one on, then the deputy. The first seats stay free for people. */
export function syntheticSeats(memory: Memory, count: number): SeatLink[] {
  const members = memory.links.filter(({ role }) => role === "member").reverse();
  const deputies = memory.links.filter(({ role }) => role === "deputy");
  return [...members, ...deputies].slice(0, count);
}
