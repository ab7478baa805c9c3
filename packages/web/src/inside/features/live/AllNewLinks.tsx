import { AskButton } from "../../../design/parts/AskButton.tsx";
import { useWords } from "../../words.ts";
import { useMeeting } from "../meeting/context.ts";
import { useWho } from "../meeting/Who.tsx";
import { useLinks } from "./links.ts";

/** Makes everybody's link anew. Asks before, and names those who are put out by it. */
export function AllNewLinks() {
  const { t } = useWords();
  const who = useWho();
  const { renewAll } = useLinks();
  const inside = useMeeting(({ seats }) => seats.filter(({ present }) => present));
  return (
    <>
      <h3>{t("live.allLinks")}</h3>
      <AskButton
        data-testid="all-new-links"
        ask={{
          question: t("live.allLinks.question"),
          explanation: t("live.allLinks.explanation"),
          act: t("live.allLinks.act"),
          ...(inside.length > 0 ? { sure: t("live.allLinks.sure") } : {}),
        }}
        inQuestion={
          <>
            <p>{t(inside.length > 0 ? "live.allLinks.out" : "live.allLinks.nobody")}</p>
            <ul data-testid="put-out">
              {inside.map((seat) => (
                <li key={seat.id}>{who(seat)}</li>
              ))}
            </ul>
          </>
        }
        onAct={renewAll}
      >
        {t("live.allLinks.act")}
      </AskButton>
    </>
  );
}
