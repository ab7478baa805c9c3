import type { Person } from "@raadhuis/protocol/http";
import { useId } from "react";
import { Link } from "react-router";
import { Button } from "../../../design/parts/Button.tsx";
import { CheckField } from "../../../design/parts/Field.tsx";
import { Icon } from "../../../design/parts/Icon.tsx";
import { useWords } from "../../words.ts";
import { Who } from "../meeting/Who.tsx";
import { PersonForm } from "../people/PersonForm.tsx";
import type { MeetingDraft } from "./draft.ts";
import { keysOf } from "./keys.ts";

interface Props {
  people: Person[];
  seats: MeetingDraft["seats"];
  count: number;
  /** The form that these belong to, which stands beside them: a person's is a form of its own. */
  form: string;
  /** Why they cannot be so. */
  error: string | null;
  onSeats(seats: MeetingDraft["seats"]): void;
}

/** Who takes part: everybody of the roster unless left out, and others for this meeting only. */
export function SeatsChooser({ people, seats, count, form, error, onSeats }: Props) {
  const { t } = useWords();
  const id = useId();
  const { left, extra } = seats;
  const pick = (id: string, on: boolean) => {
    const others = left.filter((one) => one !== id);
    onSeats({ left: on ? others : [...others, id], extra });
  };
  const onExtra = (extra: MeetingDraft["seats"]["extra"]) => onSeats({ left, extra });
  return (
    <>
      <fieldset
        className="group"
        form={form}
        tabIndex={-1}
        {...(error ? { "data-invalid": true, "aria-describedby": `${id}-error` } : {})}
      >
        <legend>{t("seats.title", { count })}</legend>
        {error ? (
          <p id={`${id}-error`} className="field-error" data-testid="seats-error">
            <Icon name="warning" />
            {error}
          </p>
        ) : null}
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
                checked={!left.includes(person.id)}
                onChange={(event) => pick(person.id, event.target.checked)}
              />
            </li>
          ))}
          {keysOf(extra, ({ name }) => name).map(({ key, item: person }) => (
            <li key={key} data-testid="seat-row">
              <Who seat={person} />
              <Button
                small
                aria-label={t("people.deleteNamed", { name: person.name })}
                onClick={() => onExtra(extra.filter((other) => other !== person))}
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
          draft="new-meeting.person"
          submit={t("seats.extraSubmit")}
          onSubmit={async (person) => {
            onExtra([...extra, person]);
            return null;
          }}
        />
      </section>
    </>
  );
}
