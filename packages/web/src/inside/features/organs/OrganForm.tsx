import type { Failure } from "@raadhuis/client";
import { OrganName } from "@raadhuis/meeting";
import { z } from "zod";
import { TextField } from "../../../design/parts/Field.tsx";
import { DraftNote, Form, Submit } from "../../form/Form.tsx";
import { wrongWords } from "../../form/faults.ts";
import { useForm } from "../../form/useForm.ts";
import { oneLine } from "../../oneLine.ts";
import { useOffice } from "../office/office.ts";

interface Props {
  /** Of the hooks for tests: `<prefix>-name`, `-submit`. */
  prefix: string;
  label: string;
  submit: string;
  /** What is typed is kept under this name. */
  draft: string;
  hint?: string;
  /** The name it has. */
  start?: string;
  /** Resolves to why it was not done; else the form of a new one empties itself. */
  onSubmit(name: string): Promise<Failure | null>;
  onCancel?: () => void;
}

const shape = z.object({ name: z.string() });

/** The name of an organ, new or another one. */
export function OrganForm({ prefix, label, submit, draft, hint, start = "", onSubmit, onCancel }: Props) {
  const { draftOf } = useOffice();
  const form = useForm({
    start: { name: start },
    draft: { key: draftOf(draft), shape },
    check: ({ name }) => ({ name: wrongWords(OrganName, oneLine(name), 120) }),
    send: ({ name }) => onSubmit(oneLine(name)),
    again: start === "",
  });
  return (
    <Form form={form} className="stack stack--tight">
      {start === "" ? null : <DraftNote form={form} />}
      <TextField
        aria-required
        autoComplete="off"
        {...(hint ? { hint } : {})}
        data-testid={`${prefix}-name`}
        {...form.field("name", label)}
      />
      <Submit form={form} label={submit} testId={`${prefix}-submit`} onCancel={onCancel} />
    </Form>
  );
}
