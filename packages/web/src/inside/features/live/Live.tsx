import { pathTo } from "@raadhuis/client";
import { formOf, SeatId } from "@raadhuis/meeting";
import type { SeatLink } from "@raadhuis/protocol/http";
import { sockets } from "@raadhuis/protocol/http";
import { useCallback, useEffect, useState } from "react";
import { useParams } from "react-router";
import { Button } from "../../../design/parts/Button.tsx";
import { Notice } from "../../../design/parts/Notice.tsx";
import { When } from "../../../design/parts/When.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { inSession } from "../../api/house.ts";
import { Waiting } from "../../Waiting.tsx";
import { type Ask, useActs, useConnection, useSnapshot } from "../meeting/hooks.ts";
import { Of } from "../meeting/Of.tsx";
import { Agenda } from "../meeting/parts/Agenda.tsx";
import { Conduct } from "../meeting/parts/Conduct.tsx";
import { People } from "../meeting/parts/People.tsx";
import { DoorsAndAir, FloorHolder, PresentItem } from "../meeting/parts/Status.tsx";
import { OfficePage } from "../office/OfficePage.tsx";
import { useOffice } from "../office/office.ts";
import { PersonForm } from "../people/PersonForm.tsx";
import { AddItem } from "./AddItem.tsx";
import { FreshLinks } from "./FreshLinks.tsx";
import { newId } from "./ids.ts";
import { Lights } from "./Lights.tsx";
import { LinkWords } from "./LinkWords.tsx";
import { NewLink } from "./NewLink.tsx";
import { SeatLine } from "./SeatLine.tsx";
import { stillWelcomeAt } from "./stillWelcome.ts";
import { WaysIn } from "./WaysIn.tsx";

/** A meeting as the clerk sees it while it goes on. */
export function Live() {
  const { meeting = "" } = useParams();
  return <LiveMeeting key={meeting} meeting={meeting} />;
}

function LiveMeeting({ meeting }: { meeting: string }) {
  const { t } = useWords();
  const stillWelcome = useCallback(() => stillWelcomeAt(meeting), [meeting]);
  const connection = useConnection(pathTo(sockets.office, { meeting }), stillWelcome);
  const { state, health, lines, link, slow, out } = useSnapshot(connection);
  const { act, ask: command, problem } = useActs(connection);
  const { signInAgain } = useOffice();
  // The page stays while its clerk signs in again, with all that was typed; whoever does not want to leaves it.
  const isOver = out === "seat.no-session";
  const [leaves, setLeaves] = useState(false);
  useEffect(() => {
    if (isOver) void signInAgain().then((done) => (done ? connection.again() : setLeaves(true)));
  }, [isOver, signInAgain, connection]);
  const ask = useCallback<Ask>(
    async (wanted) => {
      const failure = await command(wanted);
      return failure && { ...failure, code: ofOffice(failure.code) };
    },
    [command],
  );
  const [fresh, setFresh] = useState<SeatLink[]>([]);
  const [linkProblem, setLinkProblem] = useState<string | null>(null);
  const renew = useCallback(
    async (seat: string) => {
      const result = await inSession.links.renew({ params: { meeting, seat } });
      if (result.ok) setFresh((before) => [result.value, ...before.filter((one) => one.seat !== seat)]);
      setLinkProblem(result.ok ? null : result.code);
    },
    [meeting],
  );
  const renewAll = async () => {
    const result = await inSession.links.renewAll({ params: { meeting } });
    if (result.ok) setFresh(result.value);
    setLinkProblem(result.ok ? null : result.code);
  };

  if (out === "meeting.unknown" || out === "meeting.unreadable") return <Notice code={out} />;
  if (out !== null && (!isOver || leaves || !state))
    return (
      <Notice code={out === "page.outdated" ? out : "office.no-session"}>
        <Button kind="primary" onClick={() => location.assign("/office")}>
          {t("signin.title")}
        </Button>
      </Notice>
    );
  if (!state) return <Waiting />;
  const valid = fresh.filter(({ seat }) => state.seats.some(({ id, removed }) => id === seat && !removed));
  const running = state.phase !== "ended";
  return (
    <OfficePage
      title={state.title ?? t("meeting.untitled")}
      wide
      intro={
        <p className="muted">
          {state.organ === null ? null : <Of organ={state.organ} />}
          <When at={state.startsAt} /> · {t(`kind.${state.kind}`)}
        </p>
      }
    >
      <div data-testid="live" data-phase={state.phase} data-version={state.version} data-link={link}>
        <div className="live-bar">
          <DoorsAndAir state={state} />
          <PresentItem state={state} />
          <FloorHolder state={state} />
          <LinkWords link={link} slow={slow} />
        </div>
        <FreshLinks links={valid} />
        <div className="live">
          <div>
            <Conduct state={state} act={act} problem={problem === null ? linkProblem : ofOffice(problem)} />
            {health ? <Lights health={health} /> : null}
            <WaysIn state={state} fresh={valid} onRenew={renew} onRenewAll={renewAll} />
            {formOf(state).agenda ? <Agenda state={state} act={act} /> : null}
            {running && formOf(state).agenda ? <AddItem meeting={meeting} ask={ask} /> : null}
          </div>
          <div>
            <People
              state={state}
              act={running ? act : undefined}
              readmit={async ({ id }) => {
                if (await act({ type: "readmitSeat", seat: id })) await renew(id);
              }}
              more={(seat) =>
                running && !seat.removed ? (
                  <>
                    <NewLink seat={seat} onRenew={() => renew(seat.id)} />
                    <SeatLine line={lines.find((line) => line.seat === seat.id)} />
                  </>
                ) : null
              }
            />
            {running ? (
              <section className="panel">
                <h2>{t("live.addPerson")}</h2>
                <PersonForm
                  prefix="extra"
                  submit={t("live.addPersonSubmit")}
                  draft={`${meeting}.person`}
                  onSubmit={async ({ name, party, role }) => {
                    const seat = SeatId.parse(newId());
                    const failure = await ask({ type: "assignSeat", seat, name, party, role });
                    if (failure === null) await renew(seat);
                    return failure;
                  }}
                />
              </section>
            ) : null}
          </div>
        </div>
      </div>
    </OfficePage>
  );
}

/** The socket speaks to seats and to the office alike. */
const ofOffice = (code: string): string => (code === "seat.no-session" ? "office.session-over" : code);
