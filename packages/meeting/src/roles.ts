import type { Role } from "./words.ts";

/** What a role may do. */
export interface RoleRights {
  /** Open, suspend, end; doors, agenda, floor, removal. */
  conduct: boolean;
  /** Belongs to the body, and stays when the doors close; others stay only when admitted by name. */
  stay: boolean;
  /** Ask for the floor, and be given it. */
  speak: boolean;
  /** Send sound and pictures. */
  publish: "always" | "with-floor" | "never";
}

const conducting: RoleRights = { conduct: true, stay: true, speak: true, publish: "always" };
const invited: RoleRights = { conduct: false, stay: false, speak: true, publish: "always" };

const rights: Readonly<Record<Role, RoleRights>> = {
  chair: conducting,
  deputy: conducting,
  clerk: conducting,
  member: { ...invited, stay: true },
  citizen: { ...invited, publish: "with-floor" },
  guest: invited,
  interpreter: invited,
  observer: { ...invited, speak: false, publish: "never" },
};

/** The one place that says what follows from a seat's role. */
export const rightsOf = (role: Role): RoleRights => rights[role];

export const conducts = (role: Role): boolean => rightsOf(role).conduct;

/** May ask for the floor and be given it. */
export const speaks = (role: Role): boolean => rightsOf(role).speak;
