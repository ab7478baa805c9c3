import type { Failure } from "@raadhuis/client";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { ButtonLink } from "../../../design/parts/Button.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { api } from "../../api/house.ts";
import { forgetSecret, secretOfLink } from "../../fragment.ts";
import { HouseNotice } from "../../notice/HouseNotice.tsx";
import { Waiting } from "../../Waiting.tsx";
import { useWords } from "../../words.ts";
import { SetUpForm } from "./SetUpForm.tsx";

/** Codes that have a page of their own. */
const pages = ["office.already-set-up", "office.not-set-up", "office.setup-lapsed", "setup.unknown"] as const;
const pageOf = ({ code }: Failure) => pages.find((one) => one === (code === "link.unknown" ? "setup.unknown" : code));

/** Once, by the link that the house prints when it first starts: the body and its first clerk. */
export function SetUp() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [secret] = useState(secretOfLink);
  /** What the house proposes; `null`: it has not been asked yet, or did not answer, and takes it by itself then. */
  const [zone, setZone] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const over = failure === null ? undefined : pageOf(failure);
  useEffect(() => {
    void api.house.get().then(async (result) => {
      if (result.ok && result.value.body !== null) return setFailure({ ok: false, code: "office.already-set-up" });
      if (result.ok) setZone(result.value.zone);
      if (secret === null) return setFailure({ ok: false, code: "office.not-set-up" });
      const link = await api.office.checkSetUpLink({ body: { secret } });
      if (!link.ok) setFailure(link);
    });
  }, [secret]);
  if (over === "office.already-set-up")
    return (
      <HouseNotice code={over}>
        <ButtonLink kind="primary" to="/office">
          {t("signin.title")}
        </ButtonLink>
      </HouseNotice>
    );
  if (over) return <HouseNotice code={over} />;
  if (secret === null) return <Waiting />;

  return (
    <Page title={t("setup.title")} intro={<p className="lead">{t("setup.lead")}</p>}>
      <div className="stack">
        <Problem code={failure?.code ?? null} wait={failure?.wait} />
        <SetUpForm
          secret={secret}
          zone={zone}
          onOver={(refused) => {
            const isOver = pageOf(refused) !== undefined;
            if (isOver) setFailure(refused);
            return isOver;
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
