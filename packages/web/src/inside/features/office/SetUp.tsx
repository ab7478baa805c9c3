import type { Failure } from "@raadhuis/client";
import { useState } from "react";
import { useLoaderData, useNavigate } from "react-router";
import { ButtonLink } from "../../../design/parts/Button.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { api } from "../../api/house.ts";
import { forgetSecret, secretOfLink } from "../../fragment.ts";
import { HouseNotice } from "../../notice/HouseNotice.tsx";
import { useWords } from "../../words.ts";
import { SetUpForm } from "./SetUpForm.tsx";

/** Codes that have a page of their own. */
const pages = ["office.already-set-up", "office.not-set-up", "office.setup-lapsed", "setup.unknown"] as const;
const pageOf = ({ code }: Failure) => pages.find((one) => one === (code === "link.unknown" ? "setup.unknown" : code));

interface Found {
  /** What the house proposes; `null`: it did not answer, and takes it by itself. */
  zone: string | null;
  failure: Failure | null;
}

export async function loader(): Promise<Found> {
  const secret = secretOfLink();
  const house = await api.house.get();
  const zone = house.ok ? house.value.zone : null;
  const found = (code: string): Found => ({ zone, failure: { ok: false, code } });
  if (house.ok && house.value.body !== null) return found("office.already-set-up");
  if (secret === null) return found("office.not-set-up");
  const link = await api.office.checkSetUpLink({ body: { secret } });
  return { zone, failure: link.ok ? null : link };
}

/** Once, by the link that the house prints when it first starts: the body and its first clerk. */
export function Component() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [secret] = useState(secretOfLink);
  const { zone, ...found } = useLoaderData<Found>();
  const [failure, setFailure] = useState(found.failure);
  const over = failure === null ? undefined : pageOf(failure);
  if (over === "office.already-set-up")
    return (
      <HouseNotice code={over}>
        <ButtonLink kind="primary" to="/office">
          {t("signin.title")}
        </ButtonLink>
      </HouseNotice>
    );
  if (over || secret === null) return <HouseNotice code={over ?? "office.not-set-up"} />;

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
