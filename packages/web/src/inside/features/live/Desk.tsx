import { formOf } from "@raadhuis/meeting";
import { useCallback } from "react";
import { When } from "../../../design/parts/When.tsx";
import { useWords } from "../../words.ts";
import { useActs, useConducts, useKnown, useMeeting } from "../meeting/context.ts";
import { Of } from "../meeting/Of.tsx";
import { Agenda } from "../meeting/parts/Agenda.tsx";
import { Conduct } from "../meeting/parts/Conduct.tsx";
import { People } from "../meeting/parts/People.tsx";
import { Queue } from "../meeting/parts/Queue.tsx";
import { DoorsAndAir, FloorHolder, PresentItem } from "../meeting/parts/Status.tsx";
import { OfficePage } from "../office/OfficePage.tsx";
import { AddItem } from "./AddItem.tsx";
import { AddPerson } from "./AddPerson.tsx";
import { FreshLinks } from "./FreshLinks.tsx";
import { Lights } from "./Lights.tsx";
import { LinkWords } from "./LinkWords.tsx";
import { LinksContext, useNewLinks } from "./links.ts";
import { NewLink } from "./NewLink.tsx";
import { SeatLine } from "./SeatLine.tsx";
import { WaysIn } from "./WaysIn.tsx";

/** All that the clerk has before them while a meeting goes on. */
export function Desk() {
  const { t } = useWords();
  const { act } = useActs();
  const links = useNewLinks();
  const running = useConducts();
  const link = useKnown(({ link }) => link);
  const { title, organ, startsAt, kind, phase, version } = useMeeting(
    ({ title, organ, startsAt, kind, phase, version }) => ({ title, organ, startsAt, kind, phase, version }),
  );
  const { renew } = links;
  const more = useCallback<NonNullable<Parameters<typeof People>[0]["more"]>>(
    (seat) =>
      running && !seat.removed ? (
        <>
          <NewLink seat={seat} />
          <SeatLine seat={seat.id} />
        </>
      ) : null,
    [running],
  );
  const readmit = useCallback<NonNullable<Parameters<typeof People>[0]["readmit"]>>(
    async ({ id }) => {
      if (await act({ type: "readmitSeat", seat: id })) await renew(id);
    },
    [act, renew],
  );
  return (
    <OfficePage
      title={title ?? t("meeting.untitled")}
      wide
      intro={
        <p className="muted">
          {organ === null ? null : <Of organ={organ} />}
          <When at={startsAt} /> · {t(`kind.${kind}`)}
        </p>
      }
    >
      <LinksContext value={links}>
        <div data-testid="live" data-phase={phase} data-version={version} data-link={link}>
          <div className="live-bar">
            <DoorsAndAir />
            <PresentItem />
            <FloorHolder />
            <LinkWords />
          </div>
          <FreshLinks />
          <div className="live">
            <div>
              <Conduct problem={links.problem} />
              <Lights />
              <WaysIn />
              {formOf({ kind }).agenda ? <Agenda /> : null}
              {running && formOf({ kind }).agenda ? <AddItem /> : null}
            </div>
            <div>
              <Queue />
              <People more={more} readmit={readmit} />
              {running ? <AddPerson /> : null}
            </div>
          </div>
        </div>
      </LinksContext>
    </OfficePage>
  );
}
