import { Role } from "@raadhuis/meeting";
import { SelectField } from "../../../design/parts/Field.tsx";
import { useWords } from "../../words.ts";

export function RoleField(props: { value: Role; testId: string; onChange(role: Role): void }) {
  const { t } = useWords();
  return (
    <SelectField
      label={t("person.role")}
      data-testid={props.testId}
      options={Role.options.map((role) => ({ value: role, text: t(`role.${role}`) }))}
      value={props.value}
      onChange={(event) => props.onChange(Role.parse(event.target.value))}
    />
  );
}
