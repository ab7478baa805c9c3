import type { Failure, Result } from "@raadhuis/client";
import type { Office } from "@raadhuis/protocol/http";
import { useState } from "react";
import { Outlet, type ShouldRevalidateFunctionArgs, useLoaderData, useRevalidator } from "react-router";
import { Button } from "../../../design/parts/Button.tsx";
import { ZoneContext } from "../../../i18n/zone.ts";
import { isSessionOver } from "../../api/again.ts";
import { ASKED_AGAIN, api, inSession, isPassing } from "../../api/house.ts";
import { unlessSessionIsOver } from "../../api/loaded.ts";
import { drafts } from "../../form/draft.ts";
import { HouseNotice } from "../../notice/HouseNotice.tsx";
import { useWords } from "../../words.ts";
import { OfficeContext } from "./office.ts";
import { SignIn } from "./SignIn.tsx";
import { SignInAgain } from "./SignInAgain.tsx";
import { useSignInAgain } from "./useSignInAgain.ts";

export const loader = () => inSession.office.get({}, ASKED_AGAIN);

/** After what was done on a page, as it may be of the body; not on the way from one page to the next. */
export const shouldRevalidate = (args: ShouldRevalidateFunctionArgs): boolean =>
  args.currentUrl.href === args.nextUrl.href && unlessSessionIsOver(args);

/** Nobody past here without a session of the office. */
export function Component() {
  const { t } = useWords();
  const result = useLoaderData<Result<Office>>();
  const { revalidate } = useRevalidator();
  const [{ seen, office }, setSeen] = useState({ seen: result, office: result.ok ? result.value : null });
  // Whoever is in stays in while the house does not answer.
  if (seen !== result) setSeen({ seen: result, office: result.ok ? result.value : office });
  const again = useSignInAgain(office !== null);
  const signOut = async (): Promise<Failure | null> => {
    let failure: Failure | null = null;
    await again.whileSigningOut(async () => {
      const result = await api.office.signOut();
      failure = result.ok || isSessionOver(result) ? null : result;
      if (failure !== null) return false;
      drafts.forgetAll();
      setSeen({ seen, office: null });
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
        value={{ office, signOut, signInAgain: again.ask, draftOf: (form) => `${name}.${form}` }}
      >
        <ZoneContext value={office.zone}>
          <Outlet />
        </ZoneContext>
        {again.asking ? (
          <SignInAgain
            onSignedIn={(next) => {
              again.answer(next.clerk.name === name);
              if (next.clerk.name !== name) void revalidate();
            }}
            onCancel={() => again.answer(false)}
          />
        ) : null}
      </OfficeContext.Provider>
    );
  }
  const code = result.ok ? "office.no-session" : result.code;
  if (code === "office.not-set-up") return <HouseNotice code={code} />;
  if (isPassing(code))
    return (
      <HouseNotice code={code}>
        <Button kind="primary" onClick={() => revalidate()}>
          {t("notice.reload")}
        </Button>
      </HouseNotice>
    );
  return <SignIn wasOver={code === "office.session-over"} onSignedIn={() => revalidate()} />;
}
