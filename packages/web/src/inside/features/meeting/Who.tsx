import "./Who.css";
import type { Seat } from "@raadhuis/meeting";
import { joined } from "../../../i18n/isolate.ts";
import { useWords } from "../../words.ts";

type Person = Pick<Seat, "name" | "role" | "party">;

/** `name · role · party`, from the roster. */
export function useWho(): (person: Person) => string {
  const { t } = useWords();
  return ({ name, role, party }) => joined([name ?? t("person.erased"), t(`role.${role}`), party]);
}

export function Who({ seat }: { seat: Person }) {
  const { t } = useWords();
  return (
    <span className="who">
      <strong>
        <bdi>{seat.name ?? t("person.erased")}</bdi>
      </strong>
      <span className="who-more">{joined([t(`role.${seat.role}`), seat.party])}</span>
    </span>
  );
}
