import type { Office } from "@raadhuis/protocol";
import { useState } from "react";
import { Button } from "../../../design/parts/Button.tsx";
import { TextField } from "../../../design/parts/Field.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import * as api from "../../api/office.ts";
import type { Failure } from "../../api/request.ts";

export function SignIn({ onSignedIn }: { onSignedIn(office: Office): void }) {
  const { t } = useWords();
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
