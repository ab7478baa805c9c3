import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { Button, ButtonLink } from "../../../design/parts/Button.tsx";
import { TextField } from "../../../design/parts/Field.tsx";
import { Notice } from "../../../design/parts/Notice.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import * as api from "../../api/office.ts";
import type { Failure } from "../../api/request.ts";
import { forgetSecret, secretOfLink } from "../../fragment.ts";
import { Waiting } from "../seat/Waiting.tsx";
import { ZoneField } from "./ZoneField.tsx";

/** What these codes mean here. */
const codes: Record<string, string> = { "request.malformed": "setup.malformed", "link.unknown": "setup.unknown" };
/** Codes that have a page of their own. */
const pages = ["office.not-set-up", "office.setup-lapsed", "setup.unknown"];

/** Once, by the link that the house prints when it first starts: the body and its first clerk. */
export function SetUp() {
  const { t, problem } = useWords();
  const navigate = useNavigate();
  const [secret] = useState(secretOfLink);
  const [form, setForm] = useState({ body: "", name: "", email: "", password: "" });
  /** `null`: the house has not been asked yet what it proposes, or did not answer; it takes that by itself then. */
  const [zone, setZone] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const code = failure === null ? null : (codes[failure.code] ?? failure.code);
  const ofPassword = code === "password.common" ? code : null;
  useEffect(() => {
    void api.house().then(async (result) => {
      if (result.ok && result.value.body !== null) return setFailure({ ok: false, code: "office.already-set-up" });
      if (result.ok) setZone((chosen) => chosen ?? result.value.zone);
      if (secret === null) return setFailure({ ok: false, code: "office.not-set-up" });
      const link = await api.setUpLink(secret);
      if (!link.ok) setFailure(link);
    });
  }, [secret]);
  if (code === "office.already-set-up")
    return (
      <Notice code={code}>
        <ButtonLink kind="primary" to="/office">
          {t("signin.title")}
        </ButtonLink>
      </Notice>
    );
  if (code !== null && pages.includes(code)) return <Notice code={code} />;
  if (secret === null) return <Waiting />;

  const submit = async () => {
    const { body, ...clerk } = form;
    const result = await api.setUp({ secret, body, clerk, ...(zone === null ? {} : { zone }) });
    if (!result.ok) return setFailure(result);
    forgetSecret();
    void navigate("/office", { replace: true });
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
        {zone === null ? null : <ZoneField zone={zone} onChange={setZone} />}
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
          error={ofPassword && problem(ofPassword)}
          data-testid="setup-password"
          {...field("password")}
        />
        <Problem code={ofPassword ? null : code} wait={failure?.wait} />
        <div className="row">
          <Button type="submit" kind="primary" data-testid="setup-submit">
            {t("setup.submit")}
          </Button>
        </div>
      </form>
    </Page>
  );
}
