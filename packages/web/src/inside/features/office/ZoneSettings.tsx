import { useState } from "react";
import { useDoing } from "../../api/doing.ts";
import { Form, Submit } from "../../form/Form.tsx";
import { useForm } from "../../form/useForm.ts";
import { useWords } from "../../words.ts";
import { useOffice } from "./office.ts";
import { settings } from "./settings.ts";
import { ZoneField } from "./ZoneField.tsx";

export function ZoneSettings() {
  const { t } = useWords();
  const { office } = useOffice();
  const change = useDoing(settings, "/office/settings");
  const [saved, setSaved] = useState(false);
  const form = useForm({
    start: { zone: office.zone },
    check: () => ({}),
    send: async ({ zone }) => {
      const result = await change({ zone });
      if (!result.ok) return result;
      setSaved(true);
      return null;
    },
  });
  const { zone } = form.values;
  return (
    <Form form={form} className="stack stack--tight">
      <ZoneField
        zone={zone}
        errorOf={form.errorOf}
        onChange={(zone) => {
          form.set({ zone });
          setSaved(false);
        }}
      />
      <Submit
        form={form}
        label={t("settings.save")}
        kind="primary"
        testId="settings-save"
        disabled={zone === office.zone}
      >
        <p role="status">{saved ? t("settings.saved") : ""}</p>
      </Submit>
    </Form>
  );
}
