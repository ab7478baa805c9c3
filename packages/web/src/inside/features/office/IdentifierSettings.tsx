import { BodyId } from "@raadhuis/meeting";
import { useState } from "react";
import { TextField } from "../../../design/parts/Field.tsx";
import { useDoing } from "../../api/doing.ts";
import { Form, Submit } from "../../form/Form.tsx";
import { missing } from "../../form/faults.ts";
import { useForm } from "../../form/useForm.ts";
import { useWords } from "../../words.ts";
import { useOffice } from "./office.ts";
import { settings } from "./settings.ts";

/** The body's own name among bodies. */
export function IdentifierSettings() {
  const { t } = useWords();
  const { office } = useOffice();
  const change = useDoing(settings, "/office/settings");
  const [saved, setSaved] = useState<string | null>(null);
  const form = useForm({
    start: { identifier: office.identifier },
    check: ({ identifier }) => ({ identifier: wrongIdentifier(identifier) }),
    send: async ({ identifier }) => {
      const result = await change({ identifier });
      if (!result.ok) return result;
      setSaved(identifier);
      return null;
    },
  });
  const { identifier } = form.values;
  return (
    <Form form={form} className="stack stack--tight">
      <TextField
        aria-required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        dir="ltr"
        hint={t("identifier.hint")}
        data-testid="identifier"
        {...form.field("identifier", t("identifier.label"))}
      />
      <Submit
        form={form}
        label={t("settings.save")}
        kind="primary"
        testId="identifier-save"
        disabled={identifier.trim() === office.identifier}
      >
        <p role="status">{saved === identifier ? t("identifier.saved") : ""}</p>
      </Submit>
    </Form>
  );
}

const wrongIdentifier = (text: string) =>
  missing(text) ??
  (BodyId.safeParse(text.trim()).success
    ? null
    : ({ t }: Pick<ReturnType<typeof useWords>, "t">) => t("identifier.odd"));
