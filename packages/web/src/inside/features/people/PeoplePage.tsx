import { Button } from "../../../design/parts/Button.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useEditedRow } from "../../form/useEditedRow.ts";
import { useWords } from "../../words.ts";
import { Who } from "../meeting/Who.tsx";
import { OfficePage } from "../office/OfficePage.tsx";
import { DeleteButton } from "./DeleteButton.tsx";
import { ListInput } from "./ListInput.tsx";
import { ListPreview } from "./ListPreview.tsx";
import { PersonForm } from "./PersonForm.tsx";
import { useList } from "./useList.ts";
import { useRoster } from "./useRoster.ts";

/** The roster: who belongs to the body. New meetings start from it. */
export function PeoplePage() {
  const { t } = useWords();
  const { people, code, add, look, change, remove } = useRoster();
  const hand = useList(people, look);
  const { list, editing, edit } = useEditedRow();
  return (
    <OfficePage title={t("people.page")} intro={<p className="lead">{t("people.lead")}</p>} wide>
      <div className="stack">
        <Problem code={code} />
        <div className="two">
          <section className="group">
            <h2>{t("people.add")}</h2>
            <PersonForm prefix="person" draft="person" submit={t("people.addSubmit")} onSubmit={add} />
          </section>
          <section className="group">
            <h2>{t("people.paste")}</h2>
            <ListInput hand={hand} />
          </section>
        </div>
        {hand.text.trim() === "" ? null : <ListPreview hand={hand} />}
        <section className="group">
          <h2>{t("people.count", { count: people.length })}</h2>
          {people.length === 0 ? <p className="empty">{t("people.empty")}</p> : null}
          {people.length > 0 ? (
            <ul className="list" ref={list}>
              {people.map((person) => (
                <li key={person.id} data-testid="roster-row" data-row={person.id}>
                  {editing === person.id ? (
                    <PersonForm
                      prefix="edit"
                      draft={`person.${person.id}`}
                      submit={t("people.save")}
                      start={person}
                      onSubmit={async ({ name, party, role }) => {
                        const failure = await change(person.id, { name, party, role });
                        if (failure === null) edit(null);
                        return failure;
                      }}
                      onCancel={() => edit(null)}
                    />
                  ) : (
                    <>
                      <Who seat={person} />
                      <span className="row row--tight">
                        <Button
                          small
                          aria-label={t("people.editNamed", { name: person.name })}
                          data-testid="roster-edit"
                          onClick={() => edit(person.id)}
                        >
                          {t("people.edit")}
                        </Button>
                        <DeleteButton name={person.name} onDelete={() => remove(person.id)} />
                      </span>
                    </>
                  )}
                </li>
              ))}
            </ul>
          ) : null}
        </section>
      </div>
    </OfficePage>
  );
}
