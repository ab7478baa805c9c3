import { useEffect, useRef, useState } from "react";
import { Button } from "../../../design/parts/Button.tsx";
import { TextField } from "../../../design/parts/Field.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { oneLine } from "../../oneLine.ts";
import type { Words } from "./list/readList.ts";
import { RoleField } from "./RoleField.tsx";

interface Props {
  /** Of the hooks for tests: `<prefix>-name`, `-party`, `-role`, `-add`. */
  prefix: string;
  submit: string;
  start?: Words;
  /** Resolves to whether it was done; the form then empties itself. */
  onSubmit(person: Words): Promise<boolean>;
  onCancel?: () => void;
}

const nobody: Words = { name: "", party: null, role: "member" };

/** Name, party and role; a form of its own, so not to be put inside another. */
export function PersonForm({ prefix, submit, start = nobody, onSubmit, onCancel }: Props) {
  const { t } = useWords();
  const [person, setPerson] = useState(start);
  /** A fresh form is not marked as wrongly filled in. */
  const [round, setRound] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (round > 0) form.current?.querySelector("input")?.focus();
  }, [round]);
  const add = async () => {
    const done = await onSubmit({ ...person, name: oneLine(person.name), party: oneLine(person.party ?? "") || null });
    if (!done || start !== nobody) return;
    setPerson(nobody);
    setRound(round + 1);
  };
  return (
    <form
      key={round}
      ref={form}
      className="fields"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextField
        label={t("person.name")}
        required
        maxLength={100}
        autoComplete="off"
        data-testid={`${prefix}-name`}
        value={person.name}
        onChange={(event) => setPerson({ ...person, name: event.target.value })}
      />
      <TextField
        label={t("person.party")}
        maxLength={60}
        autoComplete="off"
        data-testid={`${prefix}-party`}
        value={person.party ?? ""}
        onChange={(event) => setPerson({ ...person, party: event.target.value })}
      />
      <RoleField value={person.role} testId={`${prefix}-role`} onChange={(role) => setPerson({ ...person, role })} />
      <div className="row">
        <Button type="submit" data-testid={`${prefix}-add`}>
          {submit}
        </Button>
        {onCancel ? (
          <Button kind="subtle" onClick={onCancel}>
            {t("confirm.cancel")}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
