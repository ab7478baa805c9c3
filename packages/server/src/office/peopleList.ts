import { firstTwins, nameKey, PartyName, PersonName, Role, wordFault } from "@raadhuis/meeting";
import type { PeopleList, Person } from "@raadhuis/protocol/http";
import { houseError } from "../errors.ts";
import type { Merged } from "../store/house.ts";

type Words = Omit<Person, "id">;

/** People as they are kept. Throws `person.malformed` with the line and field of the first that cannot be. */
export function wordsOf(people: PeopleList["people"]): Words[] {
  return people.map((raw, index) => {
    const line = index + 1;
    const name = raw.name.trim();
    const party = raw.party?.trim() || null;
    const role = Role.safeParse(raw.role);
    const refuse = (field: string, why: string) =>
      houseError("person.malformed", { message: `Line ${line}: the ${field} is ${why}.`, at: { field, line } });
    const nameFault = wordFault(PersonName, name);
    if (nameFault) throw refuse("name", nameFault);
    const partyFault = party === null ? null : wordFault(PartyName, party);
    if (partyFault) throw refuse("party", partyFault);
    if (!role.success) throw refuse("role", "unknown");
    return { name, party, role: role.data };
  });
}

/**
 * What a list makes of the roster: a person is known again by their name. Throws `person.name-taken` where one name
 * stands on two lines: they cannot sit in one meeting, and which of the two is meant is not ours to guess.
 */
export function merge(
  roster: readonly Person[],
  list: readonly Words[],
  known: PeopleList["known"],
  newId: () => string,
): Merged {
  const twins = firstTwins(list.map(({ name }) => name));
  if (twins) {
    const [line, other] = [twins.index + 1, twins.other + 1];
    const message = `Lines ${other} and ${line} have the same name.`;
    throw houseError("person.name-taken", { message, at: { field: "name", line, other } });
  }
  const before = new Map(roster.map((person) => [nameKey(person.name), person]));
  const merged: Merged = { added: [], changed: [], kept: 0 };
  for (const words of list) {
    const person = before.get(nameKey(words.name));
    if (!person) merged.added.push({ id: newId(), ...words });
    else if (known === "keep" || same(person, words)) merged.kept += 1;
    else merged.changed.push({ id: person.id, ...words });
  }
  return merged;
}

const same = (one: Words, other: Words): boolean =>
  one.name === other.name && one.party === other.party && one.role === other.role;
