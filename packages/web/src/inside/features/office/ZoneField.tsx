import { useMemo } from "react";
import { SelectField } from "../../../design/parts/Field.tsx";
import { placeOf } from "../../../i18n/times.ts";
import { useWords } from "../../words.ts";

interface Props {
  zone: string;
  /** Why the house refused it: it may not know all that this browser knows. */
  errorOf(field: "zone", label: string): string | null;
  onChange(zone: string): void;
}

/** The body's time zone, of those this browser knows; by their places, as one looks for them. */
export function ZoneField({ zone, errorOf, onChange }: Props) {
  const { t, language } = useWords();
  const options = useMemo(() => optionsWith(zone, language), [zone, language]);
  return (
    <SelectField
      label={t("zone.label")}
      hint={t("zone.hint")}
      error={errorOf("zone", t("zone.label"))}
      data-testid="zone"
      options={options}
      value={zone}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** `own`: what is chosen now, also where this browser calls it otherwise. */
function optionsWith(own: string, language: string): { value: string; text: string }[] {
  const zones = new Set([...Intl.supportedValuesOf("timeZone"), own]);
  return [...zones]
    .map((value) => ({ value, text: wordsOf(value) }))
    .sort((one, other) => one.text.localeCompare(other.text, language));
}

function wordsOf(zone: string): string {
  const place = placeOf(zone);
  const region = zone.slice(0, -place.length - 1).replaceAll("_", " ");
  return region === "" ? place : `${place} (${region})`;
}
