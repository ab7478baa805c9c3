import type { Failure } from "@raadhuis/client";
import { BodyName, PersonName } from "@raadhuis/meeting";
import { z } from "zod";
import { TextField } from "../../../design/parts/Field.tsx";
import { api } from "../../api/house.ts";
import { Form, Submit } from "../../form/Form.tsx";
import { wrongAddress, wrongPassword, wrongWords } from "../../form/faults.ts";
import { useForm } from "../../form/useForm.ts";
import { oneLine } from "../../oneLine.ts";
import { useWords } from "../../words.ts";
import { ZoneField } from "./ZoneField.tsx";

interface Props {
  secret: string;
  /** The time zone that the house proposes, where it is known. */
  zone: string | null;
  /** The link itself works no more: that is not of the form. */
  onOver(failure: Failure): boolean;
  onDone(): void;
}

const LEAST_OF_PASSWORD = 12;

const shape = z.object({
  body: z.string(),
  /** Empty: what the house proposes. */
  zone: z.string(),
  name: z.string(),
  email: z.string(),
  password: z.string(),
});
const nothing = { body: "", zone: "", name: "", email: "", password: "" };

/** The body and its first clerk. */
export function SetUpForm({ secret, zone: proposed, onOver, onDone }: Props) {
  const { t } = useWords();
  const form = useForm({
    start: nothing,
    draft: { key: "set-up", shape, without: (values) => ({ ...values, password: "" }) },
    check: ({ body, name, email, password }) => ({
      body: wrongWords(BodyName, oneLine(body), 120),
      name: wrongWords(PersonName, oneLine(name), 100),
      email: wrongAddress(email),
      password: wrongPassword(password, LEAST_OF_PASSWORD),
    }),
    send: async ({ body, zone, name, email, password }) => {
      const clerk = { name: oneLine(name), email: email.trim(), password };
      const chosen = zone || proposed;
      const result = await api.office.setUp({
        body: { secret, body: oneLine(body), clerk, ...(chosen ? { zone: chosen } : {}) },
      });
      if (!result.ok) return onOver(result) ? null : result;
      onDone();
      return null;
    },
  });
  const zone = form.values.zone || proposed;
  return (
    <Form form={form}>
      <TextField
        hint={t("setup.bodyHint")}
        autoComplete="organization"
        aria-required
        data-testid="setup-body"
        {...form.field("body", t("setup.body"))}
      />
      {zone ? <ZoneField zone={zone} errorOf={form.errorOf} onChange={(zone) => form.set({ zone })} /> : null}
      <TextField autoComplete="name" aria-required data-testid="setup-name" {...form.field("name", t("setup.name"))} />
      <TextField
        type="email"
        autoComplete="username"
        aria-required
        data-testid="setup-email"
        {...form.field("email", t("person.email"))}
      />
      <TextField
        hint={t("setup.passwordHint")}
        type="password"
        autoComplete="new-password"
        aria-required
        data-testid="setup-password"
        {...form.field("password", t("person.password"))}
      />
      <Submit form={form} label={t("setup.submit")} kind="primary" testId="setup-submit" />
    </Form>
  );
}
