import type { Failure } from "@raadhuis/client";
import { MOST_OF_LIST, type PeopleList, type PeopleListDone, type Person } from "@raadhuis/protocol/http";
import { useDeferredValue, useMemo, useState } from "react";
import { useDoing } from "../../api/doing.ts";
import { useDraft } from "../../form/useDraft.ts";
import { newId } from "../live/ids.ts";
import { useOffice } from "../office/office.ts";
import { type Choices, type Mending, type ReadList, readList } from "./list/readList.ts";
import { roleWords } from "./list/roles.ts";
import { type ListDraft, listDraft, noList } from "./listDraft.ts";
import { action } from "./takeList.ts";

type Known = PeopleList["known"];

/** A list of people on its way into the roster: typed, looked at, mended, taken in at once. */
export function useList(roster: readonly Person[]) {
  const { draftOf } = useOffice();
  const take = useDoing(action, "/office/people/list");
  const draft = useDraft(noList, { key: draftOf("list"), shape: listDraft });
  const { text, choices, known, key } = draft.value;
  const keep = (part: Partial<ListDraft>) => draft.set((before) => ({ ...before, ...part }));
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<PeopleListDone | null>(null);
  const [refused, setRefused] = useState<Failure | null>(null);
  const seen = useDeferredValue(text);
  const list = useMemo(() => readList(seen, { words: roleWords, roster, choices }), [seen, roster, choices]);
  const wanted = useMemo(() => peopleOf(list, known), [list, known]);

  const write = (next: string) => {
    // What was said of a line does not hold for whatever stands there now; what a word for a role means does.
    // One key for each list: pressed again after a lost answer, it is the same one.
    keep({ text: next, choices: { ...choices, mendings: {} }, key: newId() });
    setDone(null);
    setRefused(null);
  };
  const submit = async () => {
    if (busy) return;
    setBusy(true);
    setRefused(null);
    const result = await take({ key, known, people: wanted.people });
    if (result.ok) {
      draft.forget(noList());
      setDone(result.value);
    } else setRefused(result);
    setBusy(false);
  };
  return {
    text,
    write,
    list,
    /** What is shown is of what is typed. */
    settled: seen === text,
    choices,
    choose: (next: Partial<Choices>) => keep({ choices: { ...choices, ...next } }),
    mend: (line: number, mending: Mending) => {
      setRefused(null);
      const mended = { ...choices.mendings, [line]: { ...choices.mendings[line], ...mending } };
      keep({ choices: { ...choices, mendings: mended } });
    },
    known,
    setKnown: (known: Known) => keep({ known }),
    wanted,
    busy,
    done,
    /** `line`: in the list as it was pasted. */
    refused: refused && { ...refused, line: wanted.lines[(refused.at?.line ?? 0) - 1] ?? null },
    submit,
  };
}

export type ListInHand = ReturnType<typeof useList>;

/** Who is sent; `lines`: from where each came; `ready`: nothing is left to be mended or chosen. */
function peopleOf({ lines, broken }: ReadList, known: Known) {
  const taken = lines.filter(({ leftOut }) => leftOut === false);
  const people = taken.flatMap(({ name, party, role }) => (role === null ? [] : [{ name, party, role }]));
  const fresh = taken.filter((line) => line.known === null).length;
  const changing = known === "change" ? taken.filter((line) => line.known !== null && differs(line)).length : 0;
  const tooMany = people.length > MOST_OF_LIST;
  const ready =
    broken === null && !tooMany && people.length === taken.length && taken.every(({ fault }) => fault === null);
  return { people, lines: taken.map(({ line }) => line), fresh, changing, tooMany, ready };
}

/** Whether the roster has this person otherwise. */
export const differs = ({ known, name, party, role }: ReadList["lines"][number]): boolean =>
  known !== null && (known.name !== name || known.party !== party || (role !== null && known.role !== role));
