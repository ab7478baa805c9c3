import { Button } from "../../../../design/parts/Button.tsx";
import { useWords } from "../../../words.ts";
import { useMedia, useMediaActs } from "../../media/context.ts";
import { useKnown } from "../../meeting/context.ts";
import { Message } from "../../meeting/Message.tsx";

/** What is wrong between this page and the house. */
export function LinkMessages() {
  const { t, problem } = useWords();
  const { session } = useMediaActs();
  const { link, slow } = useKnown(({ link, slow }) => ({ link, slow }));
  const media = useMedia(({ link, soundBlocked, problem }) => ({ link, soundBlocked, problem }));
  const away = link === "away" || link === "held" || media.link === "reconnecting" || media.link === "connecting";
  return (
    <>
      {media.link === "elsewhere" ? (
        <Message testId="elsewhere" icon="warning" words={t("away.elsewhere")}>
          <Button kind="primary" data-testid="take-here" onClick={() => session.takeHere()}>
            {t("away.takeHere")}
          </Button>
        </Message>
      ) : null}
      {away ? (
        <Message
          testId="away"
          icon="warning"
          words={t(link === "held" ? "away.held" : link === "away" ? "away.server" : "away.media")}
        />
      ) : null}
      {slow && link === "open" ? <Message testId="slow" icon="warning" words={t("away.slow")} /> : null}
      {media.soundBlocked && media.link === "connected" ? (
        <Message testId="sound-blocked" icon="soundOff" words={t("sound.blocked")}>
          <Button kind="primary" icon="sound" data-testid="sound" onClick={() => session.startSound()}>
            {t("sound.on")}
          </Button>
        </Message>
      ) : null}
      {media.problem ? (
        <Message testId="problem" icon="warning" words={problem(media.problem)} data={{ "data-code": media.problem }} />
      ) : null}
    </>
  );
}
