import { useState } from "react";
import { Button } from "../../../design/parts/Button.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import * as api from "../../api/office.ts";
import { OfficePage } from "./OfficePage.tsx";
import { useOffice } from "./office.ts";
import { ZoneField } from "./ZoneField.tsx";

/** What holds for the whole body. */
export function SettingsPage() {
  const { t } = useWords();
  const { office, changed } = useOffice();
  const [zone, setZone] = useState(office.zone);
  const [code, setCode] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const save = async () => {
    setBusy(true);
    const result = await api.changeZone(zone);
    setBusy(false);
    setCode(result.ok ? null : result.code);
    setSaved(result.ok);
    if (result.ok) changed(result.value);
  };
  return (
    <OfficePage title={t("settings.title")}>
      <form
        className="stack"
        data-testid="settings"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <ZoneField
          zone={zone}
          onChange={(zone) => {
            setZone(zone);
            setSaved(false);
          }}
        />
        <Problem code={code} />
        <div className="row">
          <Button type="submit" kind="primary" busy={busy} disabled={zone === office.zone} data-testid="settings-save">
            {t("settings.save")}
          </Button>
          <p role="status">{saved ? t("settings.saved") : ""}</p>
        </div>
      </form>
    </OfficePage>
  );
}
