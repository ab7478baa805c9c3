import { type Ending, pathTo, type Welcome } from "@raadhuis/client";
import { SeatId } from "@raadhuis/meeting";
import { sockets } from "@raadhuis/protocol/http";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useParams } from "react-router";
import { Button } from "../../../design/parts/Button.tsx";
import { ZoneContext } from "../../../i18n/zone.ts";
import { ASKED_AGAIN, api } from "../../api/house.ts";
import { HouseNotice } from "../../notice/HouseNotice.tsx";
import { Waiting } from "../../Waiting.tsx";
import { useWords } from "../../words.ts";
import { Chamber } from "../chamber/Chamber.tsx";
import { Lobby } from "../lobby/Lobby.tsx";
import type { Sending } from "../media/carryOver.ts";
import { useCapture, useKeptOff } from "../media/hooks.ts";
import { useConnection, useSnapshot } from "../meeting/hooks.ts";
import { MeetingProvider } from "../meeting/MeetingProvider.tsx";
import { Left } from "./Left.tsx";

/** One person's way through a meeting: lobby, chamber, left; and the pages that say why not. */
export default function SeatPage() {
  const { seat = "" } = useParams();
  const [left, setLeft] = useState<{ body: string | null } | null>(null);
  if (left) return <Left body={left.body} onReturn={() => setLeft(null)} />;
  return <Seat key={seat} seat={seat} onLeave={(body) => setLeft({ body })} />;
}

/** `prompt`: one comes back in with everything off, and is asked what to turn on. */
type Place = { name: "lobby" } | { name: "chamber"; sending: Sending; prompt: boolean };

/** Whatever else went wrong may pass. */
const endings: readonly Ending[] = ["seat.no-session", "seat.removed", "page.outdated"];
const welcomeOf = (code: string): Welcome =>
  code === "house.failed" ? "unreachable" : (endings.find((ending) => ending === code) ?? "welcome");

const nothingSent: Sending = { microphone: false, camera: false };

function Seat({ seat, onLeave }: { seat: string; onLeave(body: string | null): void }) {
  const { t } = useWords();
  const stillWelcome = useCallback(async () => {
    const session = await api.seats.get({ params: { seat } }, ASKED_AGAIN);
    return session.ok ? "welcome" : welcomeOf(session.code);
  }, [seat]);
  const connection = useConnection(pathTo(sockets.seat, { seat }), stillWelcome);
  const snapshot = useSnapshot(connection);
  const capture = useCapture();
  const kept = useKeptOff(seat);
  const [place, setPlace] = useState<Place>({ name: "lobby" });
  const { state, out, outside } = snapshot;
  const body = state?.body ?? outside?.body ?? null;
  const waitsOutside = out === "doors.closed";
  const wasInside = place.name === "chamber";
  const viewer = useMemo(() => ({ seat: SeatId.safeParse(seat).data ?? null, conducts: false }), [seat]);

  useEffect(() => {
    if (waitsOutside)
      setPlace((place) => (place.name === "chamber" ? { name: "chamber", sending: nothingSent, prompt: true } : place));
  }, [waitsOutside]);

  // Also whoever reloads while they wait comes back with everything off.
  useEffect(() => {
    if (waitsOutside && wasInside) kept.keep(nothingSent);
  }, [waitsOutside, wasInside, kept]);

  if (out === "page.outdated")
    return (
      <HouseNotice code={out} body={body}>
        <Button kind="primary" onClick={() => location.reload()}>
          {t("notice.reload")}
        </Button>
      </HouseNotice>
    );
  if (out !== null && !waitsOutside) return <HouseNotice code={out} body={body} />;
  if (state?.phase === "ended") return <HouseNotice code="meeting.ended" body={body} />;
  if (waitsOutside)
    return (
      <HouseNotice code="doors.closed" body={body}>
        {outside?.title ? (
          <p className="muted" data-testid="outside">
            <bdi>{outside.title}</bdi>
            {outside.seat.name ? (
              <>
                {" · "}
                <bdi>{outside.seat.name}</bdi>
              </>
            ) : null}
          </p>
        ) : null}
      </HouseNotice>
    );
  if (!state) return <Waiting />;
  return (
    <ZoneContext value={snapshot.zone}>
      <MeetingProvider held={connection} viewer={viewer}>
        {place.name === "chamber" ? (
          <Chamber
            capture={capture}
            kept={kept}
            sending={place.sending}
            prompt={place.prompt}
            onLeave={() => {
              connection.leave();
              onLeave(body);
            }}
          />
        ) : (
          <Lobby
            capture={capture}
            kept={kept}
            onJoin={(sending) => {
              connection.enter();
              setPlace({ name: "chamber", sending, prompt: false });
            }}
          />
        )}
      </MeetingProvider>
    </ZoneContext>
  );
}
