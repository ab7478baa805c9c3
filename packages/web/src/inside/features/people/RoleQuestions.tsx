import { Role } from "@raadhuis/meeting";
import { SelectField } from "../../../design/parts/Field.tsx";
import { useWords } from "../../words.ts";
import styles from "./ListPreview.module.css";
import type { ListInHand } from "./useList.ts";

/** What each word for a role means that the house does not know: asked once for all lines that have it. */
export function RoleQuestions({ hand }: { hand: ListInHand }) {
  const { t } = useWords();
  const { unknownRoles } = hand.list;
  if (unknownRoles.length === 0) return null;
  const choose = (key: string, value: string) => {
    const role = Role.safeParse(value);
    const others = Object.fromEntries(Object.entries(hand.choices.roles).filter(([word]) => word !== key));
    hand.choose({ roles: role.success ? { ...others, [key]: role.data } : others });
  };
  return (
    <section className={styles.ask}>
      <h3>{t("people.list.roles")}</h3>
      <div className="fields">
        {unknownRoles.map(({ word, key, count }) => (
          <SelectField
            key={key}
            label={key === "" ? t("people.list.noRole", { count }) : t("people.list.roleWord", { word, count })}
            data-testid="list-role"
            data-word={key}
            options={[
              { value: "", text: t("people.list.choose") },
              ...Role.options.map((role) => ({ value: role, text: t(`role.${role}`) })),
            ]}
            value={hand.choices.roles[key] ?? ""}
            onChange={(event) => choose(key, event.target.value)}
          />
        ))}
      </div>
    </section>
  );
}
