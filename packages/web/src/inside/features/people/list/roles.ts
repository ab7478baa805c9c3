import { Role } from "@raadhuis/meeting";
import { roles } from "../../../../i18n/texts.ts";

/** As a word for a role is compared. */
export const roleKey = (word: string): string => word.trim().toLowerCase().replace(/\s+/g, " ");

/** The words for roles, from the texts of every language, and the roles' own names. No other is guessed. */
export const roleWords: ReadonlyMap<string, Role> = new Map(
  Role.options.flatMap((role) => {
    const said = Object.values(roles[`role.${role}`]);
    return [role, ...said].map((word) => [roleKey(word), role]);
  }),
);
