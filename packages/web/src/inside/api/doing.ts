import type { Result } from "@raadhuis/client";
import type { ErrorPlace } from "@raadhuis/protocol/http";
import { useCallback } from "react";
import { type ActionFunctionArgs, useSubmit } from "react-router";
import { z } from "zod";

/** An action of a page: does what is wanted, and the router then asks anew for what is shown. */
export interface Doing<Wanted, Done> {
  ({ request }: Pick<ActionFunctionArgs, "request">): Promise<Result<Done>>;
  /** Whoever asked, by number: they are answered also when the page that they asked from is gone. */
  waiting: Map<number, (answer: Result<Done>) => void>;
  /** Of the type alone. */
  wanted?: Wanted;
}

/** `shape`: of what is wanted. What cannot be is refused as the house would refuse it, and at the same place. */
export function doing<Shape extends z.ZodType, Done>(
  shape: Shape,
  act: (wanted: z.output<Shape>) => Promise<Result<Done>>,
): Doing<z.input<Shape>, Done> {
  const Asked = z.object({ number: z.int(), wanted: z.unknown() });
  const waiting: Doing<z.input<Shape>, Done>["waiting"] = new Map();
  const action = async ({ request }: Pick<ActionFunctionArgs, "request">): Promise<Result<Done>> => {
    const { number, wanted } = Asked.parse(await request.json());
    const parsed = shape.safeParse(wanted);
    const answer = parsed.success ? await act(parsed.data) : malformed(parsed.error.issues[0]?.path ?? []);
    waiting.get(number)?.(answer);
    return answer;
  };
  return Object.assign(action, { waiting });
}

/** `["people", 3, "name"]` is the fourth of `people`; `["clerk", "email"]` is `clerk.email`. */
function malformed([field, next, ...rest]: PropertyKey[]): Result<never> {
  const place = (): ErrorPlace =>
    typeof next === "number"
      ? { field: String(field), line: next + 1 }
      : { field: [field, next, ...rest].filter((part) => part !== undefined).join(".") };
  return { ok: false, code: "request.malformed", ...(field === undefined ? {} : { at: place() }) };
}

let asked = 0;

/**
 * Has the action at this address do what is wanted. Resolves when it is done, or refused, and all that is shown has been
 * asked anew.
 */
export function useDoing<Wanted, Done>({ waiting }: Doing<Wanted, Done>, address: string) {
  const submit = useSubmit();
  return useCallback(
    async (wanted: Wanted): Promise<Result<Done>> => {
      asked += 1;
      const number = asked;
      let answer: Result<Done> = { ok: false, code: "house.failed" };
      waiting.set(number, (given) => {
        answer = given;
      });
      // Of a number of its own: what is asked meanwhile does not break it off.
      await submit(JSON.stringify({ number, wanted }), {
        method: "post",
        encType: "application/json",
        action: address,
        navigate: false,
        fetcherKey: `doing-${number}`,
      }).finally(() => waiting.delete(number));
      return answer;
    },
    [submit, waiting, address],
  );
}
