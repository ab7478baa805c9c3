import type { Organ } from "@raadhuis/protocol/http";
import { SelectField } from "../../../design/parts/Field.tsx";
import { useWords } from "../../words.ts";
import { useOffice } from "../office/office.ts";

interface Props {
  organs: readonly Organ[];
  /** Id of the one that is chosen; empty: the body as a whole. */
  organ: string;
  error: string | null;
  onChange(organ: string): void;
}

/** Which organ a meeting is of; nothing to be seen where there is none. */
export function OrganField({ organs, organ, error, onChange }: Props) {
  const { t } = useWords();
  const { office } = useOffice();
  if (organs.length === 0 && !error) return null;
  return (
    <SelectField
      label={t("meeting.organ")}
      error={error}
      data-testid="meeting-organ"
      options={[
        { value: "", text: t("meeting.organ.whole", { body: office.body }) },
        ...organs.map(({ id, name }) => ({ value: id, text: name })),
      ]}
      value={organ}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
