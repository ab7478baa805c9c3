import { type Failure, Refused, type Result } from "@raadhuis/client";
import { useState } from "react";
import { type ShouldRevalidateFunctionArgs, useLoaderData } from "react-router";
import { isSessionOver } from "./again.ts";

/**
 * What the page's loader found. When it is asked anew and there is no answer, what was there stays, with why; a page
 * that has nothing yet throws, and whatever stands in its place says why (`office/Unloaded.tsx`).
 */
export function useLoaded<Value>(): { value: Value; failure: Failure | null } {
  const result = useLoaderData<Result<Value>>();
  const [kept, keep] = useState(result);
  if (result.ok && result !== kept) keep(result);
  const shown = result.ok ? result : kept;
  if (!shown.ok) throw new Refused(shown);
  return { value: shown.value, failure: result.ok ? null : result };
}

/** Whoever did not want to sign in again is not asked once more by each part of the page. */
export const unlessSessionIsOver = ({ actionResult, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean =>
  defaultShouldRevalidate && !(actionResult?.ok === false && isSessionOver(actionResult));
