import type { Failure } from "@raadhuis/client";
import { type ReactNode, useState } from "react";
import { NavLink, useNavigation } from "react-router";
import { Busy } from "../../../design/parts/Busy.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useWords } from "../../words.ts";
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
  const { office, signOut } = useOffice();
  const underway = useNavigation().state !== "idle";
  const [failure, setFailure] = useState<Failure | null>(null);
  const nav = (
    <>
      <NavLink to="/office" end>
        {t("office.nav.meetings")}
      </NavLink>
      <NavLink to="/office/people">{t("office.nav.people")}</NavLink>
      <NavLink to="/office/access">{t("office.nav.access")}</NavLink>
      <NavLink to="/office/settings">{t("office.nav.settings")}</NavLink>
      <button type="button" data-testid="sign-out" onClick={() => void signOut().then(setFailure)}>
        {t("office.nav.signOut", { name: office.clerk.name })}
      </button>
    </>
  );
  return (
    <Page title={title} body={office.body} home="/office" nav={nav} intro={intro} wide={wide ?? false}>
      {underway ? <Busy /> : null}
      <Problem code={failure?.code ?? null} wait={failure?.wait} />
      {children}
    </Page>
  );
}
