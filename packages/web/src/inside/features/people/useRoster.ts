import type { Person } from "@raadhuis/protocol";
import { useCallback, useEffect, useState } from "react";
import * as api from "../../api/office.ts";
import type { Result } from "../../api/request.ts";
import type { Words } from "./list/readList.ts";

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
    look,
    add: async (person: Words) => done(await api.addPerson(person)),
    change: async (id: string, person: Words) => done(await api.changePerson(id, person)),
    remove: async (id: string) => done(await api.removePerson(id)),
  };
}
