import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { ButtonLink } from "../../../design/parts/Button.tsx";
import { Notice } from "../../../design/parts/Notice.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import * as api from "../../api/office.ts";
import { secretOnce } from "../../fragment.ts";
import { Waiting } from "../seat/Waiting.tsx";

/** A one-time way in, for another browser. */
export function SignInByLink() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const secret = secretOnce();
    if (secret === null) return setFailed(true);
    void api.signInByLink(secret).then((result) => {
      if (result.ok) void navigate("/office", { replace: true });
      else setFailed(true);
    });
  }, [navigate]);
  if (!failed) return <Waiting />;
  return (
    <Notice code="office.link-used">
      <ButtonLink kind="primary" to="/office">
        {t("signin.title")}
      </ButtonLink>
    </Notice>
  );
}
