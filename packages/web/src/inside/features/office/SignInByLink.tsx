import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { ButtonLink } from "../../../design/parts/Button.tsx";
import { Notice } from "../../../design/parts/Notice.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import * as api from "../../api/office.ts";
import type { Failure } from "../../api/request.ts";
import { secretOnce } from "../../fragment.ts";
import { Waiting } from "../seat/Waiting.tsx";

/** A one-time way in, for another browser. */
export function SignInByLink() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const secret = secretOnce();
    if (secret === null) return setFailure({ ok: false, code: "link.unknown" });
    void api.signInByLink(secret).then((result) => {
      if (result.ok) void navigate("/office", { replace: true });
      else setFailure(result);
    });
  }, [navigate]);
  if (failure === null) return <Waiting />;
  return (
    <Notice code={known(failure.code)} wait={failure.wait}>
      <ButtonLink kind="primary" to="/office">
        {t("signin.title")}
      </ButtonLink>
    </Notice>
  );
}

/** Codes that have a page of their own; a link that is not known was one that worked once. */
const pages = ["request.too-many", "house.failed", "office.not-set-up"];
const known = (code: string) => (pages.includes(code) ? code : "office.link-used");
