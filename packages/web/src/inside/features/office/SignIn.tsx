import { Alert } from "../../../design/parts/Alert.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { useWords } from "../../words.ts";
import { SignInForm } from "./SignInForm.tsx";

/** `wasOver`: whoever comes was signed in, and is told why they are asked again. */
export function SignIn({ wasOver, onSignedIn }: { wasOver: boolean; onSignedIn(): unknown }) {
  const { t, problem } = useWords();
  return (
    <Page title={t("signin.title")} intro={<p className="lead">{t("signin.lead")}</p>}>
      <div className="stack">
        {wasOver ? (
          <div role="status" data-testid="session-over">
            <Alert type="info">{problem("office.session-over")}</Alert>
          </div>
        ) : null}
        <SignInForm onSignedIn={onSignedIn} />
      </div>
    </Page>
  );
}
