import type { Organ } from "@raadhuis/protocol/http";
import { useRef, useState } from "react";
import { Button } from "../../../design/parts/Button.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useDoing } from "../../api/doing.ts";
import { useLoaded } from "../../api/loaded.ts";
import { useEditedRow } from "../../form/useEditedRow.ts";
import { useWords } from "../../words.ts";
import { action } from "./data.ts";
import { OrganForm } from "./OrganForm.tsx";
import { RemoveOrgan } from "./RemoveOrgan.tsx";

/** The body's councils and committees: whichever of them a meeting can be of. */
export function Organs() {
  const { t } = useWords();
  const { value: organs, failure } = useLoaded<Organ[]>();
  const keep = useDoing(action, "/office/settings/organs");
  /** Why something could not be done that has no form left to say so. */
  const [refused, setRefused] = useState<string | null>(null);
  const done = async (wanted: Parameters<typeof keep>[0]) => {
    const result = await keep(wanted);
    const isGone = !result.ok && (wanted.act === "remove" || result.code === "organ.unknown");
    setRefused(isGone ? result.code : null);
    return result.ok ? null : result;
  };
  const { list, editing, edit } = useEditedRow();
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <section className="group" data-testid="organs">
      <h2 ref={heading} tabIndex={-1}>
        {t("organs.title")}
      </h2>
      <p>{t("organs.lead")}</p>
      <Problem code={refused ?? failure?.code ?? null} />
      {organs.length === 0 ? <p className="empty">{t("organs.empty")}</p> : null}
      {organs.length > 0 ? (
        <ul className="list" ref={list}>
          {organs.map(({ id, name }) => (
            <li key={id} data-testid="organ-row" data-row={id}>
              {editing === id ? (
                <OrganForm
                  prefix="organ-edit"
                  draft={`organ.${id}`}
                  label={t("organs.name")}
                  submit={t("organs.save")}
                  hint={t("organs.renameHint")}
                  start={name}
                  onSubmit={async (next) => {
                    const failure = await done({ act: "rename", organ: id, name: next });
                    if (failure === null) edit(null);
                    return failure;
                  }}
                  onCancel={() => edit(null)}
                />
              ) : (
                <>
                  <strong>
                    <bdi>{name}</bdi>
                  </strong>
                  <span className="row row--tight">
                    <Button
                      small
                      aria-label={t("organs.renameNamed", { name })}
                      data-testid="organ-edit"
                      onClick={() => edit(id)}
                    >
                      {t("organs.rename")}
                    </Button>
                    <RemoveOrgan
                      name={name}
                      onRemove={async () => {
                        await done({ act: "remove", organ: id });
                        // Its row, with the button that had the focus, is gone.
                        heading.current?.focus();
                      }}
                    />
                  </span>
                </>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      <OrganForm
        prefix="organ"
        draft="organ"
        label={t("organs.new")}
        submit={t("organs.add")}
        onSubmit={(name) => done({ act: "add", name })}
      />
    </section>
  );
}
