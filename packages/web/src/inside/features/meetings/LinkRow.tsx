import type { SeatLink } from "@raadhuis/protocol/http";
import { CopyButton } from "../../../design/parts/CopyButton.tsx";
import { useWords } from "../../words.ts";
import styles from "./LinkRow.module.css";

/** One person's link, to be copied. */
export function LinkRow({ link }: { link: SeatLink }) {
  const { t } = useWords();
  return (
    <li
      className={styles.row}
      data-testid="link-row"
      data-seat={link.seat}
      data-role={link.role}
      data-name={link.name ?? ""}
    >
      <span className="who">
        <strong>
          <bdi>{link.name ?? t("person.erased")}</bdi>
        </strong>
        <span className="who-more">{t(`role.${link.role}`)}</span>
      </span>
      <input
        className="utrecht-textbox utrecht-textbox--html-input"
        readOnly
        value={link.link}
        data-testid="link"
        aria-label={t("links.of", { name: link.name ?? t("person.erased") })}
        onFocus={(event) => event.target.select()}
      />
      <CopyButton text={link.link} small />
    </li>
  );
}
