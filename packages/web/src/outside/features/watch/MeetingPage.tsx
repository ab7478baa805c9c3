import { useState } from "react";
import { useParams } from "react-router";
import { Notice } from "../../../design/parts/Notice.tsx";
import { Page } from "../../../design/parts/Page.tsx";
import { ZoneContext } from "../../../i18n/zone.ts";
import { useWords } from "../../words.ts";
import { Recording } from "../recording/Recording.tsx";
import { Before } from "./Before.tsx";
import { Live } from "./Live.tsx";
import { useReleased } from "./useReleased.ts";

/** One meeting for the public: before, live, and afterwards its recording. */
export default function MeetingPage() {
  const { meeting = "" } = useParams();
  return <Meeting key={meeting} meeting={meeting} />;
}

function Meeting({ meeting }: { meeting: string }) {
  const { t } = useWords();
  const known = useReleased(meeting);
  /** The stream has been seen to its end; those who were watching are not torn away before it. */
  const [seen, setSeen] = useState(false);
  const [watching, setWatching] = useState(false);
  switch (known.kind) {
    case "asking":
      return (
        <Page title={t("watch.asking")}>
          <p role="status">{t("watch.askingText")}</p>
        </Page>
      );
    case "unknown":
      return (
        <div data-testid="watch" data-state="unknown">
          <Notice
            code="meeting.not-public"
            title={t("notice.meeting.not-public.title")}
            text={t("notice.meeting.not-public.text")}
          />
        </div>
      );
    case "before":
      return (
        <ZoneContext value={known.announcement.zone}>
          <Before announcement={known.announcement} />
        </ZoneContext>
      );
    case "released": {
      const over = known.state.ended && (seen || !watching);
      return over ? (
        <ZoneContext value={known.state.zone}>
          <Recording state={known.state} />
        </ZoneContext>
      ) : (
        <Live
          state={known.state}
          aheadMs={known.aheadMs}
          onPicture={() => setWatching(true)}
          onEnd={() => setSeen(true)}
        />
      );
    }
  }
}
