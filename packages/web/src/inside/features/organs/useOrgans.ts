import type { Failure, Result } from "@raadhuis/client";
import type { Organ } from "@raadhuis/protocol/http";
import { useCallback, useEffect, useState } from "react";
import { inSession } from "../../api/house.ts";

/** The body's organs as the server has them; every change is followed by looking again. */
export function useOrgans() {
  /** `null`: the house has not answered yet. */
  const [organs, setOrgans] = useState<Organ[] | null>(null);
  const [code, setCode] = useState<string | null>(null);

  const look = useCallback(async () => {
    const result = await inSession.organs.list();
    setCode(result.ok ? null : result.code);
    if (result.ok) setOrgans(result.value);
  }, []);
  useEffect(() => {
    void look();
  }, [look]);

  /** Resolves to why it was not done. */
  const done = async (result: Result<unknown>): Promise<Failure | null> => {
    await look();
    // What it was about is not in the list any more, nor the form that would say so.
    if (!result.ok && result.code === "organ.unknown") setCode(result.code);
    return result.ok ? null : result;
  };
  return {
    organs,
    code,
    look,
    add: async (name: string) => done(await inSession.organs.add({ body: { name } })),
    rename: async (id: string, name: string) =>
      done(await inSession.organs.rename({ params: { organ: id }, body: { name } })),
    remove: async (id: string) => {
      const failure = await done(await inSession.organs.remove({ params: { organ: id } }));
      setCode(failure?.code ?? null);
    },
  };
}
