import type { Failure } from "@raadhuis/client";
import type { Office } from "@raadhuis/protocol/http";
import { useEffect, useState } from "react";
import { Outlet } from "react-router";
import { Button } from "../../../design/parts/Button.tsx";
import { ZoneContext } from "../../../i18n/zone.ts";
import { isSessionOver } from "../../api/again.ts";
import { ASKED_AGAIN, api, isPassing } from "../../api/house.ts";
import { drafts } from "../../form/draft.ts";
import { HouseNotice } from "../../notice/HouseNotice.tsx";
import { Waiting } from "../../Waiting.tsx";
import { useWords } from "../../words.ts";
import { OfficeContext } from "./office.ts";
import { SignIn } from "./SignIn.tsx";
import { SignInAgain } from "./SignInAgain.tsx";
import { useSignInAgain } from "./useSignInAgain.ts";

/** Nobody past here without a session of the office. */
export function Gate() {
  const { t } = useWords();
  const [office, setOffice] = useState<Office | null>(null);
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    void api.office.get({}, ASKED_AGAIN).then((result) => (result.ok ? setOffice(result.value) : setCode(result.code)));
  }, []);
  const again = useSignInAgain(office !== null);
  const signOut = async (): Promise<Failure | null> => {
    let failure: Failure | null = null;
    await again.whileSigningOut(async () => {
      const result = await api.office.signOut();
      failure = result.ok || isSessionOver(result) ? null : result;
      if (failure !== null) return false;
      drafts.forgetAll();
      setCode("office.no-session");
      setOffice(null);
      return true;
    });
    return failure;
  };
  if (office) {
    const { name } = office.clerk;
    return (
      // Another clerk at the same page begins with pages of their own.
      <OfficeContext.Provider
        key={name}
        value={{
          ...{ office, changed: setOffice, signOut },
          signInAgain: again.ask,
          draftOf: (form) => `${name}.${form}`,
        }}
      >
        <ZoneContext value={office.zone}>
          <Outlet />
        </ZoneContext>
        {again.asking ? (
          <SignInAgain
            onSignedIn={(next) => {
              again.answer(next.clerk.name === name);
              setOffice(next);
            }}
            onCancel={() => again.answer(false)}
          />
        ) : null}
      </OfficeContext.Provider>
    );
  }
  if (code === null) return <Waiting />;
  if (code === "office.not-set-up") return <HouseNotice code={code} />;
  if (isPassing(code))
    return (
      <HouseNotice code={code}>
        <Button kind="primary" onClick={() => location.reload()}>
          {t("notice.reload")}
        </Button>
      </HouseNotice>
    );
  return <SignIn wasOver={code === "office.session-over"} onSignedIn={setOffice} />;
}
