import type { ReactNode } from "react";
import { NavLink } from "react-router";
import { Page } from "../../../design/parts/Page.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import * as api from "../../api/office.ts";
import { useOffice } from "./office.ts";

interface Props {
  title: string;
  intro?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** The frame of the office's pages. */
export function OfficePage({ title, intro, wide, children }: Props) {
  const { t } = useWords();
  const { office, ended } = useOffice();
  const nav = (
    <>
      <NavLink to="/office" end>
        {t("office.nav.meetings")}
      </NavLink>
      <NavLink to="/office/people">{t("office.nav.people")}</NavLink>
      <NavLink to="/office/access">{t("office.nav.access")}</NavLink>
      <NavLink to="/office/settings">{t("office.nav.settings")}</NavLink>
      <button
        type="button"
        className="nav-button"
        data-testid="sign-out"
        onClick={() => void api.signOut().then(ended)}
      >
        {t("office.nav.signOut", { name: office.clerk.name })}
      </button>
    </>
  );
  return (
    <Page title={title} body={office.body} home="/office" nav={nav} intro={intro} wide={wide ?? false}>
      {children}
    </Page>
  );
}
