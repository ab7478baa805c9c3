import { MOST_OF_LIST, type PeopleList, type PeopleListDone, type Person } from "@raadhuis/protocol";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { inside } from "../../../i18n/inside.ts";
import * as api from "../../api/office.ts";
import type { Failure } from "../../api/request.ts";
import { newId } from "../live/ids.ts";
import { type Choices, type Mending, noChoices, type ReadList, readList } from "./list/readList.ts";
import { roleWords } from "./list/roles.ts";

const words = roleWords([inside.nl, inside.en]);

type Known = PeopleList["known"];

/** A list of people on its way into the roster: typed, looked at, mended, taken in at once. */
export function useList(roster: readonly Person[], onTaken: () => Promise<unknown>) {
  const [text, setText] = useState("");
  const [choices, setChoices] = useState<Choices>(noChoices);
  const [known, setKnown] = useState<Known>("keep");
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<PeopleListDone | null>(null);
  const [refused, setRefused] = useState<Failure | null>(null);
  /** One for each list: pressed again after a lost answer, it is the same one. */
  const key = useRef(newId());
  const seen = useDeferredValue(text);
  const list = useMemo(() => readList(seen, { words, roster, choices }), [seen, roster, choices]);
  const wanted = useMemo(() => peopleOf(list, known), [list, known]);

  const write = (next: string) => {
    setText(next);
    // What was said of a line does not hold for whatever stands there now; what a word for a role means does.
    setChoices({ ...choices, mendings: {} });
    setDone(null);
    setRefused(null);
    key.current = newId();
  };
  const submit = async () => {
    if (busy) return;
    setBusy(true);
    setRefused(null);
    const result = await api.takeList({ key: key.current, known, people: wanted.people });
    if (result.ok) {
      write("");
      setChoices(noChoices);
      setKnown("keep");
      await onTaken();
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
    choose: (next: Partial<Choices>) => setChoices({ ...choices, ...next }),
    mend: (line: number, mending: Mending) =>
      setChoices({ ...choices, mendings: { ...choices.mendings, [line]: { ...choices.mendings[line], ...mending } } }),
    known,
    setKnown,
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
