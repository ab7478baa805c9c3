import type { Person } from "@raadhuis/protocol";
import { useCallback, useEffect, useState } from "react";
import * as api from "../../api/office.ts";
import type { Result } from "../../api/request.ts";
import type { PastedPerson } from "./paste.ts";

/** The roster as the server has it; every change is followed by looking again. */
export function useRoster() {
  const [people, setPeople] = useState<Person[]>([]);
  const [code, setCode] = useState<string | null>(null);

  const look = useCallback(async () => {
    const result = await api.people();
    if (result.ok) setPeople(result.value);
    else setCode(result.code);
  }, []);
  useEffect(() => void look(), [look]);

  const done = async (result: Result<unknown>): Promise<boolean> => {
    setCode(result.ok ? null : result.code);
    await look();
    return result.ok;
  };
  return {
    people,
    code,
    add: async (person: PastedPerson) => done(await api.addPerson(person)),
    /** One after the other; stops at the first that is refused. */
    addAll: async (persons: PastedPerson[]) => {
      for (const person of persons) {
        const result = await api.addPerson(person);
        if (!result.ok) return done(result);
      }
      return done({ ok: true, value: undefined });
    },
    change: async (id: string, person: PastedPerson) => done(await api.changePerson(id, person)),
    remove: async (id: string) => done(await api.removePerson(id)),
  };
}
