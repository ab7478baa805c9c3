import type { Failure, Result } from "@raadhuis/client";
import type { Person } from "@raadhuis/protocol/http";
import { useCallback, useEffect, useState } from "react";
import { inSession } from "../../api/house.ts";
import type { Words } from "./list/readList.ts";

/** The roster as the server has it; every change is followed by looking again. */
export function useRoster() {
  const [people, setPeople] = useState<Person[]>([]);
  const [asked, setAsked] = useState(false);
  const [code, setCode] = useState<string | null>(null);

  const look = useCallback(async () => {
    const result = await inSession.people.list();
    setCode(result.ok ? null : result.code);
    if (result.ok) setPeople(result.value);
    setAsked(true);
  }, []);
  useEffect(() => {
    void look();
  }, [look]);

  /** Resolves to why it was not done. */
  const done = async (result: Result<unknown>): Promise<Failure | null> => {
    await look();
    // What it was about is not in the list any more, nor the form that would say so.
    if (!result.ok && result.code === "person.unknown") setCode(result.code);
    return result.ok ? null : result;
  };
  return {
    people,
    code,
    /** Whether the house has answered, or failed to. */
    asked,
    look,
    add: async (person: Words) => done(await inSession.people.add({ body: person })),
    change: async (id: string, person: Words) =>
      done(await inSession.people.change({ params: { person: id }, body: person })),
    remove: async (id: string) => {
      const failure = await done(await inSession.people.remove({ params: { person: id } }));
      setCode(failure?.code ?? null);
    },
  };
}
