import { type ReactNode, useMemo } from "react";
import { Store } from "../../store.ts";
import { type Act, type Ask, type Held, MeetingContext, type Viewer, ViewerContext } from "./context.ts";

interface Props {
  held: Held;
  viewer: Viewer;
  /** How a refusal's code is called in these pages. Stable. */
  named?: (code: string) => string;
  children: ReactNode;
}

/** Gives all that stands in it the page's meeting: see the hooks in context.ts. */
export function MeetingProvider({ held, viewer, named = asItIs, children }: Props) {
  const meeting = useMemo(() => {
    const refusal = new Store<string | null>(null);
    const ask: Ask = async (command) => {
      const answer = await held.command(command);
      return answer.ok ? null : { ...answer, code: named(answer.code) };
    };
    const act: Act = async (command) => {
      const failure = await ask(command);
      refusal.set(failure?.code ?? null);
      return failure === null;
    };
    return { held, known: { get: held.snapshot, subscribe: held.subscribe }, acts: { act, ask }, refusal };
  }, [held, named]);
  return (
    <MeetingContext value={meeting}>
      <ViewerContext value={viewer}>{children}</ViewerContext>
    </MeetingContext>
  );
}

const asItIs = (code: string): string => code;
