import type { Failure } from "@raadhuis/client";
import { useCallback, useEffect, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { Button } from "../../../design/parts/Button.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { Problem } from "../../../design/parts/Problem.tsx";
import { ASKED_AGAIN, api } from "../../api/house.ts";
import { forgetSecret, secretOfLink } from "../../fragment.ts";
import { HouseNotice } from "../../notice/HouseNotice.tsx";
import { Waiting } from "../../Waiting.tsx";
import { useWords } from "../../words.ts";
import { rememberedSeat, rememberSeat } from "../meeting/remembered.ts";

/**
 * A personal link. Opening it does nothing yet: scanners of mail open links too, and run their scripts. Whoever presses
 * has its secret exchanged for this browser's session, and goes on without it; whoever has that session goes on at once.
 */
export default function Redeem() {
  const { t } = useWords();
  const { meeting = "" } = useParams();
  const navigate = useNavigate();
  const [secret] = useState(secretOfLink);
  const [step, setStep] = useState<"looking" | "asking">("looking");
  const [failure, setFailure] = useState<Failure | null>(null);

  const goOn = useCallback(
    (meeting: string, seat: string) => {
      forgetSecret();
      void navigate(`/m/${meeting}/${seat}`, { replace: true });
    },
    [navigate],
  );
  useEffect(() => {
    if (secret === null) return;
    void seatOfHere(meeting, secret).then((seat) => (seat === null ? setStep("asking") : goOn(meeting, seat)));
  }, [meeting, secret, goOn]);

  if (secret === null) return <HouseNotice code="link.incomplete" />;
  const over = failure && pageOf(failure.code);
  if (over) return <HouseNotice code={over} />;
  if (step === "looking") return <Waiting />;

  const enter = async () => {
    const result = await api.seats.redeem({ body: { meeting, secret } });
    if (!result.ok) {
      const isKnown = passing.includes(result.code) || pageOf(result.code) !== null;
      return setFailure(isKnown ? result : { ...result, code: "house.failed" });
    }
    await rememberSeat(secret, result.value.seat);
    goOn(result.value.meeting, result.value.seat);
  };
  return (
    <Page title={t("enter.title")} intro={<p className="lead">{t("enter.text")}</p>}>
      <div className="stack">
        <Problem code={failure?.code ?? null} wait={failure?.wait} />
        <div className="row">
          <Button kind="primary" data-testid="enter" onClick={enter}>
            {t("enter.submit")}
          </Button>
        </div>
        <p className="muted">{t("enter.whose")}</p>
      </div>
    </Page>
  );
}

/** The seat that this link opened in this browser before, if its session lasts. Only asks. */
async function seatOfHere(meeting: string, secret: string): Promise<string | null> {
  const seat = await rememberedSeat(secret);
  const session = seat === null ? null : await api.seats.get({ params: { seat } }, ASKED_AGAIN);
  return session?.ok && session.value.meeting === meeting ? session.value.seat : null;
}

/** What may be otherwise in a moment: one presses again. */
const passing = ["request.too-many", "house.busy", "house.disk-full", "house.no-database", "house.failed"];
/** Codes that have a page of their own. */
const pages = ["link.unknown", "seat.removed", "meeting.ended", "meeting.unknown"] as const;
const pageOf = (code: string) => pages.find((one) => one === code) ?? (code === "request.malformed" ? pages[0] : null);
