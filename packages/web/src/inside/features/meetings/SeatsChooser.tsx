import type { Person } from "@raadhuis/protocol";
import { Link } from "react-router";
import { Button } from "../../../design/parts/Button.tsx";
import { CheckField } from "../../../design/parts/Field.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { Who } from "../meeting/Who.tsx";
import type { Words } from "../people/list/readList.ts";
import { PersonForm } from "../people/PersonForm.tsx";

interface Props {
  people: Person[];
  /** Of the roster, those who get no seat. */
  left: ReadonlySet<string>;
  extra: Words[];
  count: number;
  onLeave(left: ReadonlySet<string>): void;
  onExtra(extra: Words[]): void;
}

/** Who takes part: everybody of the roster unless left out, and others for this meeting only. */
export function SeatsChooser({ people, left, extra, count, onLeave, onExtra }: Props) {
  const { t } = useWords();
  const pick = (id: string, on: boolean) => {
    const next = new Set(left);
    if (on) next.delete(id);
    else next.add(id);
    onLeave(next);
  };
  return (
    <>
      <fieldset className="group">
        <legend>{t("seats.title", { count })}</legend>
        {people.length === 0 ? (
          <p className="muted">
            {t("seats.emptyRoster")} <Link to="/office/people">{t("office.nav.people")}</Link>
          </p>
        ) : null}
        <ul className="list">
          {people.map((person) => (
            <li key={person.id} data-testid="seat-row">
              <CheckField
                label={<Who seat={person} />}
                data-testid="seat-pick"
                checked={!left.has(person.id)}
                onChange={(event) => pick(person.id, event.target.checked)}
              />
            </li>
          ))}
          {extra.map((person, index) => (
            <li key={`${person.name} ${person.role}`} data-testid="seat-row">
              <Who seat={person} />
              <Button
                small
                aria-label={t("people.deleteNamed", { name: person.name })}
                onClick={() => onExtra(extra.filter((_, other) => other !== index))}
              >
                {t("people.delete")}
              </Button>
            </li>
          ))}
        </ul>
      </fieldset>
      <section className="group">
        <h2>{t("seats.extra")}</h2>
        <p className="field-hint">{t("seats.extraHint")}</p>
        <PersonForm
          prefix="extra"
          submit={t("seats.extraSubmit")}
          onSubmit={async (person) => {
            onExtra([...extra, person]);
            return true;
          }}
        />
      </section>
    </>
  );
}
