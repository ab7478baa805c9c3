import { pathTo } from "@raadhuis/client";
import { sockets } from "@raadhuis/protocol/http";
import { useCallback, useEffect, useState } from "react";
import { useParams } from "react-router";
import { Button } from "../../../design/parts/Button.tsx";
import { HouseNotice } from "../../notice/HouseNotice.tsx";
import { Waiting } from "../../Waiting.tsx";
import { useWords } from "../../words.ts";
import { useConnection, useSnapshot } from "../meeting/hooks.ts";
import { MeetingProvider } from "../meeting/MeetingProvider.tsx";
import { useOffice } from "../office/office.ts";
import { Desk } from "./Desk.tsx";
import { stillWelcomeAt } from "./stillWelcome.ts";
import "./live.css";

/** A meeting as the clerk sees it while it goes on. */
export function Live() {
  const { meeting = "" } = useParams();
  return <LiveMeeting key={meeting} meeting={meeting} />;
}

function LiveMeeting({ meeting }: { meeting: string }) {
  const { t } = useWords();
  const stillWelcome = useCallback(() => stillWelcomeAt(meeting), [meeting]);
  const connection = useConnection(pathTo(sockets.office, { meeting }), stillWelcome);
  const { state, out } = useSnapshot(connection);
  const { signInAgain } = useOffice();
  // The page stays while its clerk signs in again, with all that was typed; whoever does not want to leaves it.
  const isOver = out === "seat.no-session";
  const [leaves, setLeaves] = useState(false);
  useEffect(() => {
    if (isOver) void signInAgain().then((done) => (done ? connection.again() : setLeaves(true)));
  }, [isOver, signInAgain, connection]);

  if (out === "meeting.unknown" || out === "meeting.unreadable") return <HouseNotice code={out} />;
  if (out !== null && (!isOver || leaves || !state))
    return (
      <HouseNotice code={out === "page.outdated" ? out : "office.no-session"}>
        <Button kind="primary" onClick={() => location.assign("/office")}>
          {t("signin.title")}
        </Button>
      </HouseNotice>
    );
  if (!state) return <Waiting />;
  return (
    <MeetingProvider held={connection} viewer={atTheOffice} named={ofOffice}>
      <Desk />
    </MeetingProvider>
  );
}

const atTheOffice = { seat: null, conducts: true };

/** The socket speaks to seats and to the office alike. */
const ofOffice = (code: string): string => (code === "seat.no-session" ? "office.session-over" : code);
