import type { Failure } from "@raadhuis/client";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { ButtonLink } from "../../../design/parts/Button.tsx";
import { Notice } from "../../../design/parts/Notice.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { api } from "../../api/house.ts";
import { forgetSecret, secretOfLink } from "../../fragment.ts";
import { Waiting } from "../../Waiting.tsx";
import { SetUpForm } from "./SetUpForm.tsx";

/** What these codes mean here. */
const codes: Record<string, string> = { "link.unknown": "setup.unknown" };
/** Codes that have a page of their own. */
const pages = ["office.already-set-up", "office.not-set-up", "office.setup-lapsed", "setup.unknown"];

const codeOf = ({ code }: Failure): string => codes[code] ?? code;

/** Once, by the link that the house prints when it first starts: the body and its first clerk. */
export function SetUp() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [secret] = useState(secretOfLink);
  /** What the house proposes; `null`: it has not been asked yet, or did not answer, and takes it by itself then. */
  const [zone, setZone] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const code = failure === null ? null : codeOf(failure);
  useEffect(() => {
    void api.house.get().then(async (result) => {
      if (result.ok && result.value.body !== null) return setFailure({ ok: false, code: "office.already-set-up" });
      if (result.ok) setZone(result.value.zone);
      if (secret === null) return setFailure({ ok: false, code: "office.not-set-up" });
      const link = await api.office.checkSetUpLink({ body: { secret } });
      if (!link.ok) setFailure(link);
    });
  }, [secret]);
  if (code === "office.already-set-up")
    return (
      <Notice code={code}>
        <ButtonLink kind="primary" to="/office">
          {t("signin.title")}
        </ButtonLink>
      </Notice>
    );
  if (code !== null && pages.includes(code)) return <Notice code={code} />;
  if (secret === null) return <Waiting />;

  return (
    <Page title={t("setup.title")} intro={<p className="lead">{t("setup.lead")}</p>}>
      <div className="stack">
        <Problem code={code} wait={failure?.wait} />
        <SetUpForm
          secret={secret}
          zone={zone}
          onOver={(refused) => {
            const over = pages.includes(codeOf(refused));
            if (over) setFailure(refused);
            return over;
          }}
          onDone={() => {
            forgetSecret();
            void navigate("/office", { replace: true });
          }}
        />
      </div>
    </Page>
  );
}
