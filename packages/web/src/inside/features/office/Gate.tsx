import type { Office } from "@raadhuis/protocol";
import { useEffect, useState } from "react";
import { Outlet } from "react-router";
import { Button } from "../../../design/parts/Button.tsx";
import { Notice } from "../../../design/parts/Notice.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { ZoneContext } from "../../../i18n/zone.ts";
import * as api from "../../api/office.ts";
import { isPassing } from "../../api/request.ts";
import { Waiting } from "../seat/Waiting.tsx";
import { OfficeContext } from "./office.ts";
import { SignIn } from "./SignIn.tsx";

/** Nobody past here without a session of the office. */
export function Gate() {
  const { t } = useWords();
  const [office, setOffice] = useState<Office | null>(null);
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    void api.office().then((result) => (result.ok ? setOffice(result.value) : setCode(result.code)));
  }, []);
  const ended = () => {
    setCode("office.no-session");
    setOffice(null);
  };
  if (office)
    return (
      <OfficeContext.Provider value={{ office, changed: setOffice, ended }}>
        <ZoneContext value={office.zone}>
          <Outlet />
        </ZoneContext>
      </OfficeContext.Provider>
    );
  if (code === null) return <Waiting />;
  if (code === "office.not-set-up") return <Notice code={code} />;
  if (isPassing(code))
    return (
      <Notice code={code}>
        <Button kind="primary" onClick={() => location.reload()}>
          {t("notice.reload")}
        </Button>
      </Notice>
    );
  return <SignIn wasOver={code === "office.session-over"} onSignedIn={setOffice} />;
}
