import { useWords } from "../../words.ts";
import { Organs } from "../organs/Organs.tsx";
import { IdentifierSettings } from "./IdentifierSettings.tsx";
import { OfficePage } from "./OfficePage.tsx";
import { ZoneSettings } from "./ZoneSettings.tsx";

export { loader } from "../organs/data.ts";
export { settings as action } from "./settings.ts";

/** What holds for the whole body. */
export function Component() {
  const { t } = useWords();
  return (
    <OfficePage title={t("settings.title")}>
      <div className="stack stack--wide">
        <ZoneSettings />
        <IdentifierSettings />
        <Organs />
      </div>
    </OfficePage>
  );
}
