import type { Failure } from "@raadhuis/client";
import { wordFault } from "@raadhuis/meeting";
import type { z } from "zod";
import type { useWords } from "../words.ts";

/** What is wrong with what stands in a field, in words that name it. */
export type Fault = (words: Pick<ReturnType<typeof useWords>, "t" | "problem">, field: string) => string;

/** Of the fields of a form, those with something wrong. */
export type Faults<Values> = { [Field in keyof Values]?: Fault | null };

export const missing = (text: string): Fault | null =>
  text.trim() === "" ? ({ t }, field) => t("form.missing", { field }) : null;

/** Words of a shape of the meeting's. An optional field may be empty. */
export function wrongWords(shape: z.ZodType<string>, text: string, most: number, optional = false): Fault | null {
  if (optional && text === "") return null;
  const fault = wordFault(shape, text);
  return fault && (({ t }, field) => t(`form.${fault}`, { field, most }));
}

/** Something before an `@` and a name with a dot behind it: the house looks closer. */
export const wrongAddress = (text: string): Fault | null =>
  missing(text) ??
  (/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text.trim()) ? null : ({ t }, field) => t("form.address", { field }));

export function wrongPassword(text: string, least: number, most = 200): Fault | null {
  if (text === "") return missing(text);
  if (text.length < least) return ({ t }, field) => t("form.too-short", { field, least });
  return text.length > most ? ({ t }, field) => t("form.too-long", { field, most }) : null;
}

export const wrongLine =
  (line: number): Fault =>
  ({ t }, field) =>
    t("form.refused-line", { field, line });

/** Codes that are of one field wherever they come from; the socket's refusals say no more than a code. */
const fieldOfCode: Record<string, string> = {
  "password.common": "password",
  "office.wrong-credentials": "password",
  "person.malformed": "name",
  "person.name-taken": "name",
  "seat.name-taken": "name",
};

/** The last name of a place counts: the form of a clerk has fields of its own. */
const fieldOf = ({ code, at }: Failure): string | undefined => at?.field.split(".").at(-1) ?? fieldOfCode[code];

/**
 * Which field of a form a refusal is of, and what to say beside it; `null`: of none of them, or of the house's state.
 */
export function refusedField<Values extends object>(
  failure: Failure,
  values: Values,
): { field: keyof Values; fault: Fault } | null {
  const field = fieldOf(failure);
  const known = (Object.keys(values) as (keyof Values)[]).find((key) => key === field);
  if (known === undefined) return null;
  const line = failure.at?.line;
  const unspecific = failure.code === "request.malformed" || failure.code === "person.malformed";
  if (!unspecific) return { field: known, fault: ({ problem }) => problem(failure.code, failure.wait) };
  return { field: known, fault: line ? wrongLine(line) : ({ t }, field) => t("form.refused", { field }) };
}
