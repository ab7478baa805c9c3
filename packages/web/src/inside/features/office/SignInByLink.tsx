import type { Failure } from "@raadhuis/client";
import { useState } from "react";
import { useLoaderData, useNavigate } from "react-router";
import { Button, ButtonLink } from "../../../design/parts/Button.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { api } from "../../api/house.ts";
import { forgetSecret, secretOfLink } from "../../fragment.ts";
import { HouseNotice } from "../../notice/HouseNotice.tsx";
import { useWords } from "../../words.ts";

export async function loader(): Promise<{ body: string | null }> {
  const house = await api.house.get();
  return { body: house.ok ? house.value.body : null };
}

/** A one-time way in, for another browser. It is used by a press: whatever scans mail opens links as well. */
export function Component() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [secret] = useState(secretOfLink);
  const { body } = useLoaderData<Awaited<ReturnType<typeof loader>>>();
  const [failure, setFailure] = useState<Failure | null>(null);
  const over =
    secret === null
      ? "link.incomplete"
      : failure !== null && !passing.includes(failure.code)
        ? pageOf(failure.code)
        : null;
  if (secret === null || over !== null)
    return (
      <HouseNotice code={over ?? "link.incomplete"} body={body}>
        <ButtonLink kind="primary" to="/office">
          {t("signin.title")}
        </ButtonLink>
      </HouseNotice>
    );

  const signIn = async () => {
    const result = await api.office.signIn({ body: { secret } });
    if (!result.ok) return setFailure(result);
    forgetSecret();
    void navigate("/office", { replace: true });
  };
  return (
    <Page title={t("signin.title")} body={body} intro={<p className="lead">{t("signin.byLink")}</p>}>
      <div className="stack">
        <Problem code={failure?.code ?? null} wait={failure?.wait} />
        <div className="row">
          <Button kind="primary" data-testid="signin-press" onClick={signIn}>
            {body === null ? t("signin.submit") : t("signin.as", { body })}
          </Button>
        </div>
      </div>
    </Page>
  );
}

/** What may be otherwise in a moment: one presses again. */
const passing = ["request.too-many", "house.busy", "house.disk-full", "house.no-database", "house.failed"];
/** The page that says so; a link that is not known was one that worked once. */
const pageOf = (code: string) => (code === "office.not-set-up" ? code : "office.link-used");
