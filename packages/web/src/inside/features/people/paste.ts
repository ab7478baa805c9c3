import { RoleName } from "@raadhuis/protocol";
import type { z } from "zod";
import { listMark } from "../meetings/agenda.ts";

export type Role = z.infer<typeof RoleName>;

export interface PastedPerson {
  name: string;
  party: string | null;
  role: Role;
}

/**
 * People from a pasted list, one a line: `name; party; role`, or with tabs as a spreadsheet gives it. `roles`: the
 * words for each role in the languages we speak; without a word that we know, a person is a member.
 */
export function peopleOf(text: string, roles: ReadonlyMap<string, Role>): PastedPerson[] {
  return text
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(listMark, "")
        .split(/[;\t]/)
        .map((part) => part.trim()),
    )
    .filter(([name]) => name)
    .map(([name = "", party = "", role = ""]) => {
      const lone = party !== "" && role === "" ? roles.get(party.toLowerCase()) : undefined;
      return {
        name,
        party: lone || party === "" ? null : party,
        role: lone ?? roles.get(role.toLowerCase()) ?? "member",
      };
    });
}

/** The words for roles, from the texts of every language, and the roles' own names. */
export function roleWords(texts: readonly Record<string, string>[]): Map<string, Role> {
  const words = new Map<string, Role>();
  for (const role of RoleName.options) {
    words.set(role, role);
    for (const text of texts) {
      const word = text[`role.${role}`];
      if (word) words.set(word.toLowerCase(), role);
    }
  }
  return words;
}
