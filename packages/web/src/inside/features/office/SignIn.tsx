import type { Office } from "@raadhuis/protocol";
import { useState } from "react";
import { Alert } from "../../../design/parts/Alert.tsx";
import { Button } from "../../../design/parts/Button.tsx";
import { TextField } from "../../../design/parts/Field.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import * as api from "../../api/office.ts";
import type { Failure } from "../../api/request.ts";

/** `wasOver`: whoever comes was signed in, and is told why they are asked again. */
export function SignIn({ wasOver, onSignedIn }: { wasOver: boolean; onSignedIn(office: Office): void }) {
  const { t, problem } = useWords();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async () => {
    const result = await api.signIn(email, password);
    if (result.ok) onSignedIn(result.value);
    else setFailure(result);
  };
  return (
    <Page title={t("signin.title")} intro={<p className="lead">{t("signin.lead")}</p>}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {wasOver ? (
          <div role="status" data-testid="session-over">
            <Alert type="info">{problem("office.session-over")}</Alert>
          </div>
        ) : null}
        <TextField
          label={t("person.email")}
          type="email"
          autoComplete="username"
          required
          value={email}
          data-testid="signin-email"
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label={t("person.password")}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          data-testid="signin-password"
          onChange={(event) => setPassword(event.target.value)}
        />
        <Problem code={failure?.code ?? null} wait={failure?.wait} />
        <div className="row">
          <Button type="submit" kind="primary" data-testid="signin-submit">
            {t("signin.submit")}
          </Button>
        </div>
      </form>
    </Page>
  );
}
