import type { Seat } from "@raadhuis/meeting";
import { useEffect, useState } from "react";
import { ASKED_AGAIN, api } from "../../api/house.ts";
import { useWords } from "../../words.ts";
import { useMeeting } from "../meeting/context.ts";
import { isRemembered } from "../meeting/remembered.ts";
import { Who } from "../meeting/Who.tsx";
import { useOffice } from "../office/office.ts";
import { useLinks } from "./links.ts";
import { NewLink } from "./NewLink.tsx";
import { ownSeats } from "./ownSeats.ts";

/**
 * The clerk's own way into the chamber, beside this screen: by the session that this browser has there, or by a link that
 * was made just now. The house knows no other: of links it keeps what it needs to recognise them.
 */
export function OwnWay() {
  const { t } = useWords();
  const { office } = useOffice();
  const seats = useMeeting((state) => ownSeats(state, office.clerk.name));
  return (
    <>
      <h3>{t("live.own")}</h3>
      {seats.length === 0 ? <p className="muted">{t("live.own.none")}</p> : null}
      <ul>
        {seats.map((seat) => (
          <OwnSeat key={seat.id} seat={seat} />
        ))}
      </ul>
    </>
  );
}

function OwnSeat({ seat }: { seat: Seat }) {
  const { t } = useWords();
  const meeting = useMeeting(({ id }) => id);
  const link = useLinks().fresh.find((one) => one.seat === seat.id)?.link;
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (isRemembered(seat.id))
      void api.seats
        .get({ params: { seat: seat.id } }, ASKED_AGAIN)
        .then((session) => setOpen(session.ok && session.value.meeting === meeting));
  }, [meeting, seat.id]);
  // A new link ends the session that was here.
  const way = link ?? (isOpen ? `/m/${meeting}/${seat.id}` : null);
  return (
    <li className="row row--tight" data-testid="own-way">
      <Who seat={seat} />
      {way ? (
        <a
          className="utrecht-button-link utrecht-button utrecht-button--secondary-action"
          href={way}
          target="_blank"
          rel="noopener"
          data-testid="own-enter"
        >
          {t("live.own.enter")}
        </a>
      ) : (
        <>
          <span>{t("live.own.make")}</span>
          <NewLink seat={seat} />
        </>
      )}
    </li>
  );
}
