import type { SeatLink } from "@raadhuis/protocol/http";
import { useEffect } from "react";
import { Alert } from "../../../design/parts/Alert.tsx";
import { ButtonLink } from "../../../design/parts/Button.tsx";
import { CopyButton } from "../../../design/parts/CopyButton.tsx";
import { useWords } from "../../words.ts";
import { OfficePage } from "../office/OfficePage.tsx";
import { LinkRow } from "./LinkRow.tsx";
import { SaveLinks } from "./SaveLinks.tsx";

/** Everybody's way in, shown this once: the house keeps only what it needs to recognise them. */
export function PersonalLinks({ meeting, links }: { meeting: string; links: SeatLink[] }) {
  const { t } = useWords();
  // It takes the place of the form, and begins with what must not be missed, not where the form was left.
  useEffect(() => {
    void window.scrollTo({ top: 0 });
  }, []);
  const all = links.map(({ name, role, link }) => `${name ?? ""} (${t(`role.${role}`)})\n${link}\n`).join("\n");
  return (
    <OfficePage title={t("links.title")} wide>
      <div className="stack">
        <Alert type="warning">{t("links.once")}</Alert>
        <div className="row">
          <CopyButton text={all} label={t("links.copyAll")} testId="copy-all" primary />
          <SaveLinks links={links} />
          <ButtonLink to={`/office/meetings/${meeting}`} data-testid="to-live">
            {t("links.toLive")}
          </ButtonLink>
        </div>
        <ul>
          {links.map((link) => (
            <LinkRow key={link.seat} link={link} />
          ))}
        </ul>
      </div>
    </OfficePage>
  );
}
