import { Role } from "@raadhuis/meeting";

/** As a word for a role is compared. */
export const roleKey = (word: string): string => word.trim().toLowerCase().replace(/\s+/g, " ");

/** The words for roles, from the texts of every language, and the roles' own names. No other is guessed. */
export function roleWords(texts: readonly Record<string, string>[]): Map<string, Role> {
  const words = new Map<string, Role>();
  for (const role of Role.options) {
    words.set(role, role);
    for (const text of texts) {
      const word = text[`role.${role}`];
      if (word) words.set(roleKey(word), role);
    }
  }
  return words;
}
