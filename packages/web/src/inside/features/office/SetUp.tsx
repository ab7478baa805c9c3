import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { Button, ButtonLink } from "../../../design/parts/Button.tsx";
import { TextField } from "../../../design/parts/Field.tsx";
import { Notice } from "../../../design/parts/Notice.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import * as api from "../../api/office.ts";
import { secretOnce } from "../../fragment.ts";

/** Once, by the link that the house prints when it first starts: the body and its first clerk. */
export function SetUp() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [secret] = useState(secretOnce);
  const [form, setForm] = useState({ body: "", name: "", email: "", password: "" });
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    void api.house().then((result) => result.ok && result.value.body !== null && setCode("office.already-set-up"));
  }, []);
  if (secret === null || code === "office.already-set-up")
    return (
      <Notice code="office.already-set-up">
        <ButtonLink kind="primary" to="/office">
          {t("signin.title")}
        </ButtonLink>
      </Notice>
    );

  const submit = async () => {
    const { body, ...clerk } = form;
    const result = await api.setUp({ secret, body, clerk });
    if (result.ok) void navigate("/office", { replace: true });
    else setCode(result.code === "request.malformed" ? "setup.malformed" : result.code);
  };
  const field = (key: keyof typeof form) => ({
    value: form[key],
    required: true,
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [key]: event.target.value }),
  });
  return (
    <Page title={t("setup.title")} intro={<p className="lead">{t("setup.lead")}</p>}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label={t("setup.body")}
          hint={t("setup.bodyHint")}
          autoComplete="organization"
          maxLength={120}
          data-testid="setup-body"
          {...field("body")}
        />
        <TextField
          label={t("setup.name")}
          autoComplete="name"
          maxLength={100}
          data-testid="setup-name"
          {...field("name")}
        />
        <TextField
          label={t("person.email")}
          type="email"
          autoComplete="username"
          data-testid="setup-email"
          {...field("email")}
        />
        <TextField
          label={t("person.password")}
          hint={t("setup.passwordHint")}
          type="password"
          autoComplete="new-password"
          minLength={12}
          data-testid="setup-password"
          {...field("password")}
        />
        <Problem code={code} />
        <div className="row">
          <Button type="submit" kind="primary" data-testid="setup-submit">
            {t("setup.submit")}
          </Button>
        </div>
      </form>
    </Page>
  );
}
