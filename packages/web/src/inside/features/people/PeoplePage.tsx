import type { Person } from "@raadhuis/protocol/http";
import { useState } from "react";
import { Button } from "../../../design/parts/Button.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useDoing } from "../../api/doing.ts";
import { useLoaded } from "../../api/loaded.ts";
import { useEditedRow } from "../../form/useEditedRow.ts";
import { useWords } from "../../words.ts";
import { Who } from "../meeting/Who.tsx";
import { OfficePage } from "../office/OfficePage.tsx";
import { DeleteButton } from "./DeleteButton.tsx";
import { action } from "./data.ts";
import { ListInput } from "./ListInput.tsx";
import { ListPreview } from "./ListPreview.tsx";
import { PersonForm } from "./PersonForm.tsx";
import { useList } from "./useList.ts";

export { action, loader } from "./data.ts";

/** The roster: who belongs to the body. New meetings start from it. */
export function Component() {
  const { t } = useWords();
  const { value: people, failure } = useLoaded<Person[]>();
  const keep = useDoing(action, "/office/people");
  /** Why something could not be done that has no form left to say so. */
  const [refused, setRefused] = useState<string | null>(null);
  const done = async (wanted: Parameters<typeof keep>[0]) => {
    const result = await keep(wanted);
    const isGone = !result.ok && (wanted.act === "remove" || result.code === "person.unknown");
    setRefused(isGone ? result.code : null);
    return result.ok ? null : result;
  };
  const hand = useList(people);
  const { list, editing, edit } = useEditedRow();
  return (
    <OfficePage title={t("people.page")} intro={<p className="lead">{t("people.lead")}</p>} wide>
      <div className="stack">
        <Problem code={refused ?? failure?.code ?? null} />
        <div className="two">
          <section className="group">
            <h2>{t("people.add")}</h2>
            <PersonForm
              prefix="person"
              draft="person"
              submit={t("people.addSubmit")}
              onSubmit={(person) => done({ act: "add", person })}
            />
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
                      onSubmit={async (next) => {
                        const failure = await done({ act: "change", id: person.id, person: next });
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
                        <DeleteButton name={person.name} onDelete={() => done({ act: "remove", id: person.id })} />
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
