import { RoleName } from "@raadhuis/protocol";
import { SelectField } from "../../../design/parts/Field.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import type { Role } from "./list/roles.ts";

export function RoleField(props: { value: Role; testId: string; onChange(role: Role): void }) {
  const { t } = useWords();
  return (
    <SelectField
      label={t("person.role")}
      data-testid={props.testId}
      options={RoleName.options.map((role) => ({ value: role, text: t(`role.${role}`) }))}
      value={props.value}
      onChange={(event) => props.onChange(RoleName.parse(event.target.value))}
    />
  );
}
