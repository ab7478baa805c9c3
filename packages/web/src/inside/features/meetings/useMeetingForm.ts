import type { Failure } from "@raadhuis/client";
import { firstTwins, formOf, Title } from "@raadhuis/meeting";
import type { NewMeeting, Organ, Person } from "@raadhuis/protocol/http";
import { useMemo } from "react";
import { placeOf } from "../../../i18n/times.ts";
import { useTimes } from "../../../i18n/zone.ts";
import { type Faults, missing, wrongLine, wrongWords } from "../../form/faults.ts";
import { useForm } from "../../form/useForm.ts";
import { oneLine } from "../../oneLine.ts";
import { useOffice } from "../office/office.ts";
import { MOST_ITEMS, type ReadAgenda, readAgenda } from "./agenda.ts";
import { organOf, seatsOf } from "./chosen.ts";
import { emptyFor, type MeetingDraft, meetingDraft } from "./draft.ts";
import { instantOf } from "./StartField.tsx";

const noAgenda: ReadAgenda = { items: [], leftOut: [] };

const agendaOf = ({ kind, agenda, marks }: Pick<MeetingDraft, "kind" | "agenda" | "marks">): ReadAgenda =>
  formOf({ kind }).agenda ? readAgenda(agenda, { marks }) : noAgenda;

interface Options {
  people: readonly Person[];
  organs: readonly Organ[];
  /** Resolves to why it was not made. */
  onSubmit(meeting: NewMeeting): Promise<Failure | null>;
}

/** A meeting on its way: what was filled in, the agenda and the seats that this makes, and what is wrong with them. */
export function useMeetingForm({ people, organs, onSubmit }: Options) {
  const { draftOf } = useOffice();
  const { zone } = useTimes();
  const form = useForm<MeetingDraft>({
    start: () => emptyFor(zone),
    draft: { key: draftOf("new-meeting"), shape: meetingDraft },
    check: (values) => faultsOf(values, people, zone),
    send: async ({ title, start, kind, recording, ...values }) => {
      const organ = organOf(values, organs);
      const startsAt = instantOf(start, zone);
      // Said beside its field before anything is sent.
      if (startsAt === null) return null;
      const { items } = agendaOf({ kind, ...values });
      const failure = await onSubmit({
        kind,
        ...(organ === "" ? {} : { organ }),
        title: oneLine(title),
        startsAt,
        recording: formOf({ kind }).recording && recording,
        agenda: items.map((item) => item.title),
        seats: seatsOf(values.seats, people),
      });
      return failure && ofForm(failure, items);
    },
  });
  const { kind, agenda, marks, seats } = form.values;
  return {
    form,
    /** Id; empty: the body as a whole. */
    organ: organOf(form.values, organs),
    agenda: useMemo(() => agendaOf({ kind, agenda, marks }), [kind, agenda, marks]),
    seats: seatsOf(seats, people),
    /** ms; `null`: none yet. */
    startsAt: instantOf(form.values.start, zone),
    /** Whether nothing is wrong with it. */
    sound: Object.values(faultsOf(form.values, people, zone)).every((fault) => !fault),
  };
}

export type MeetingInHand = ReturnType<typeof useMeetingForm>;

function faultsOf(
  { title, start, seats, ...values }: MeetingDraft,
  people: readonly Person[],
  zone: string,
): Faults<MeetingDraft> {
  const { items } = agendaOf(values);
  const all = seatsOf(seats, people);
  const twins = firstTwins(all.map(({ name }) => name));
  const wrong = items.find(({ fault }) => fault !== null);
  return {
    title: wrongWords(Title, oneLine(title), 300),
    start:
      missing(start.wall) ??
      (instantOf(start, zone) === null ? ({ t }) => t("meeting.startsNever", { place: placeOf(zone) }) : null),
    agenda: items.length > MOST_ITEMS || wrong ? wrongLine(wrong?.line ?? MOST_ITEMS) : null,
    seats:
      all.length === 0
        ? ({ t }) => t("seats.none")
        : twins
          ? ({ t }) => t("seats.twins", { who: all[twins.index]?.name ?? "" })
          : null,
  };
}

/**
 * The house counts the items that were sent; whoever reads it looks for the line in what they pasted. Whoever is not in
 * the roster any more is not among the seats any more either.
 */
function ofForm(failure: Failure, items: ReadAgenda["items"]): Failure {
  const { at, code } = failure;
  if (at?.field === "seats" && code === "person.unknown") return { ...failure, code: "person.gone" };
  const line = at?.field === "agenda" && at.line !== undefined ? items[at.line - 1]?.line : undefined;
  return at && line !== undefined ? { ...failure, at: { ...at, line } } : failure;
}
