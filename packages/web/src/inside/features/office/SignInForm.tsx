import type { Office } from "@raadhuis/protocol/http";
import type { ReactNode } from "react";
import { z } from "zod";
import { TextField } from "../../../design/parts/Field.tsx";
import { api } from "../../api/house.ts";
import { Form, Submit } from "../../form/Form.tsx";
import { missing } from "../../form/faults.ts";
import { useForm } from "../../form/useForm.ts";
import { useWords } from "../../words.ts";

const shape = z.object({ email: z.string(), password: z.string() });

/** Address and password. `children`: more beside the button. */
export function SignInForm({ onSignedIn, children }: { onSignedIn(office: Office): unknown; children?: ReactNode }) {
  const { t } = useWords();
  const form = useForm({
    start: { email: "", password: "" },
    draft: { key: "sign-in", shape, without: ({ email }) => ({ email, password: "" }) },
    check: ({ email, password }) => ({ email: missing(email), password: missing(password) }),
    send: async ({ email, password }) => {
      const result = await api.office.signIn({ body: { email, password } });
      if (!result.ok) return result;
      await onSignedIn(result.value);
      return null;
    },
  });
  return (
    <Form form={form}>
      <TextField
        type="email"
        autoComplete="username"
        aria-required
        data-testid="signin-email"
        {...form.field("email", t("person.email"))}
      />
      <TextField
        type="password"
        autoComplete="current-password"
        aria-required
        data-testid="signin-password"
        {...form.field("password", t("person.password"))}
      />
      <Submit form={form} label={t("signin.submit")} kind="primary" testId="signin-submit">
        {children}
      </Submit>
    </Form>
  );
}
