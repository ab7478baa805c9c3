import type { Failure } from "@raadhuis/client";
import { PartyName, PersonName, Role } from "@raadhuis/meeting";
import { z } from "zod";
import { TextField } from "../../../design/parts/Field.tsx";
import { DraftNote, Form, Submit } from "../../form/Form.tsx";
import { wrongWords } from "../../form/faults.ts";
import { useForm } from "../../form/useForm.ts";
import { oneLine } from "../../oneLine.ts";
import { useWords } from "../../words.ts";
import { useOffice } from "../office/office.ts";
import type { Words } from "./list/readList.ts";
import { RoleField } from "./RoleField.tsx";

interface Props {
  /** Of the hooks for tests: `<prefix>-name`, `-party`, `-role`, `-add`. */
  prefix: string;
  submit: string;
  /** What is typed is kept under this name. */
  draft: string;
  start?: Words;
  /** Resolves to why it was not done; else the form empties itself. */
  onSubmit(person: Words): Promise<Failure | null>;
  onCancel?: () => void;
}

const shape = z.object({ name: z.string(), party: z.string(), role: Role });
const nobody: Words = { name: "", party: null, role: "member" };

/** Name, party and role; a form of its own, so not to be put inside another. */
export function PersonForm({ prefix, submit, draft, start = nobody, onSubmit, onCancel }: Props) {
  const { t } = useWords();
  const { draftOf } = useOffice();
  const form = useForm({
    start: { name: start.name, party: start.party ?? "", role: start.role },
    draft: { key: draftOf(draft), shape },
    check: ({ name, party }) => ({
      name: wrongWords(PersonName, oneLine(name), 100),
      party: wrongWords(PartyName, oneLine(party), 60, true),
    }),
    send: ({ name, party, role }) => onSubmit({ name: oneLine(name), party: oneLine(party) || null, role }),
    again: start === nobody,
  });
  return (
    <Form form={form} className="stack stack--tight">
      {start === nobody ? null : <DraftNote form={form} />}
      <div className="fields">
        <TextField
          aria-required
          autoComplete="off"
          data-testid={`${prefix}-name`}
          {...form.field("name", t("person.name"))}
        />
        <TextField autoComplete="off" data-testid={`${prefix}-party`} {...form.field("party", t("person.party"))} />
        <RoleField value={form.values.role} testId={`${prefix}-role`} onChange={(role) => form.set({ role })} />
      </div>
      <Submit form={form} label={submit} testId={`${prefix}-add`} onCancel={onCancel} />
    </Form>
  );
}
