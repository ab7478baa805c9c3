import "./meeting.css";
import type { Seat } from "@raadhuis/meeting";
import { useWords } from "../../../i18n/hooks.ts";

type Person = Pick<Seat, "name" | "role" | "party">;

/** `name · role · party`, from the roster. */
export function useWho(): (person: Person) => string {
  const { t } = useWords();
  return ({ name, role, party }) => [name ?? t("person.erased"), t(`role.${role}`), party].filter(Boolean).join(" · ");
}

export function Who({ seat }: { seat: Person }) {
  const { t } = useWords();
  return (
    <span className="who">
      <strong>{seat.name ?? t("person.erased")}</strong>
      <span className="who-more">{[t(`role.${seat.role}`), seat.party].filter(Boolean).join(" · ")}</span>
    </span>
  );
}
