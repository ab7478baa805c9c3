import { FormField } from "@utrecht/form-field-react";
import { FormLabel } from "@utrecht/form-label-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { Icon } from "./Icon.tsx";
import "./field.css";

interface FieldProps {
  label: string;
  hint?: string;
  /** What is wrong with what stands in it, in words. */
  error?: string | null;
  children: (ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode;
}

/** A label, a hint, what is wrong, and the control that they belong to: whoever comes there hears all of it. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <FormField className="field">
      <FormLabel htmlFor={id}>{label}</FormLabel>
      {hint ? (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="field-error" data-testid="field-error">
          <Icon name="warning" />
          {error}
        </p>
      ) : null}
      {children({
        id,
        ...(described ? { "aria-describedby": described } : {}),
        ...(error ? { "aria-invalid": true } : {}),
      })}
    </FormField>
  );
}

type Named = { label: string; hint?: string; error?: string | null; "data-testid"?: string };

export function TextField({ label, hint, error, ...rest }: Named & Omit<ComponentProps<"input">, "ref">) {
  return (
    <Field label={label} {...(hint ? { hint } : {})} error={error ?? null}>
      {(ids) => <input className="utrecht-textbox utrecht-textbox--html-input" {...ids} {...rest} />}
    </Field>
  );
}

export function TextArea({ label, hint, error, ...rest }: Named & Omit<ComponentProps<"textarea">, "ref">) {
  return (
    <Field label={label} {...(hint ? { hint } : {})} error={error ?? null}>
      {(ids) => <textarea className="utrecht-textarea utrecht-textarea--html-textarea" {...ids} {...rest} />}
    </Field>
  );
}

interface SelectProps extends Omit<ComponentProps<"select">, "ref"> {
  label: string;
  hint?: string;
  error?: string | null;
  options: { value: string; text: string }[];
  "data-testid"?: string;
}

export function SelectField({ label, hint, error, options, ...rest }: SelectProps) {
  return (
    <Field label={label} {...(hint ? { hint } : {})} error={error ?? null}>
      {(ids) => (
        <select {...ids} className="utrecht-select utrecht-select--html-select" {...rest}>
          {options.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface CheckProps extends Omit<ComponentProps<"input">, "ref" | "type"> {
  label: ReactNode;
  hint?: string;
  "data-testid"?: string;
}

export function CheckField({ label, hint, ...rest }: CheckProps) {
  const id = useId();
  return (
    <div className="check">
      <input
        type="checkbox"
        id={id}
        className="utrecht-checkbox utrecht-checkbox--html-input check-box"
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...rest}
      />
      <label htmlFor={id}>
        {label}
        {hint ? (
          <span id={`${id}-hint`} className="field-hint">
            {hint}
          </span>
        ) : null}
      </label>
    </div>
  );
}
