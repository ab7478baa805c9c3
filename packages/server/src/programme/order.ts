import { type MeetingState, type Programme, programmeOf } from "@raadhuis/meeting";
import type { ProgrammeOrder } from "@raadhuis/protocol/children";
import type { Settings } from "@raadhuis/protocol/settings";
import { agendaOf } from "../publicfolder/agenda.ts";
import type { Shown } from "./shown.ts";

/**
 * What the egress is to make of a public meeting. `ticket`: for the room that is on air; without one there is no
 * order for a live scene. `wanted`: false to have what was made before the meeting taken back. `undefined` where there is
 * no programme.
 */
export function orderFor(
  { state, version, at }: Shown,
  { delayMs, locale, zone }: Pick<Settings, "delayMs" | "locale"> & { zone: string },
  ticket: { room: string; token: string } | null,
  wanted: boolean,
): ProgrammeOrder | undefined {
  const programme = programmeOf(state);
  const scene = sceneOf(programme, ticket);
  if (!scene) return undefined;
  const agenda = agendaOf(state);
  return {
    meeting: state.id,
    version,
    at,
    body: state.body ?? "",
    title: state.title ?? "",
    startsAt: state.startsAt,
    zone,
    locale,
    delayMs,
    recording: state.recording,
    scene,
    item: agenda.find(({ id }) => id === state.item) ?? null,
    agenda,
    people: peopleOf(state),
    end: state.phase === "ended",
    givenUp: !wanted && state.phase === "planned",
  };
}

function sceneOf(programme: Programme, ticket: { room: string; token: string } | null): ProgrammeOrder["scene"] | null {
  switch (programme.kind) {
    case "none":
      return null;
    case "slate":
      return programme;
    case "live":
      return ticket && { kind: "live", epoch: programme.epoch, focus: programme.focus, ...ticket };
  }
}

const peopleOf = ({ seats }: MeetingState): ProgrammeOrder["people"] =>
  Object.fromEntries(
    seats.filter(({ removed }) => !removed).map(({ id, name, role, party }) => [id, { name: name ?? "", role, party }]),
  );
