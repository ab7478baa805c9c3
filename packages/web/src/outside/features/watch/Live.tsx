import type { ReleasedState } from "@raadhuis/protocol/public";
import { useCallback, useEffect, useRef, useState } from "react";
import { Page } from "../../../design/parts/Page.tsx";
import { fileOf } from "../../api/released.ts";
import { ageIfLate } from "./age.ts";
import { NowShowing } from "./NowShowing.tsx";
import { Player } from "./Player.tsx";
import { PublicAgenda } from "./PublicAgenda.tsx";
import { Share } from "./Share.tsx";
import { entryAt } from "./timeline.ts";
import styles from "./watch.module.css";

/** How often the age of the picture is looked at, also while none comes, ms. */
const LOOK_MS = 1_000;
/** After the end a player that does not reach the last picture is given up, ms. */
const LAST_WAIT = 20_000;

interface Props {
  state: ReleasedState;
  /** How far the gallery's clock is ahead of the reader's, ms. */
  aheadMs: number;
  onPicture(): void;
  onEnd(): void;
}

/** What is told beside the picture belongs to the picture: both go by the programme's clock. */
export function Live({ state, aheadMs, onPicture, onEnd }: Props) {
  const [at, setAt] = useState<number | null>(null);
  const [late, setLate] = useState<number | null>(null);
  const shown = useRef<number | null>(null);
  const latest = useRef({ state, aheadMs, onPicture, onEnd });
  latest.current = { state, aheadMs, onPicture, onEnd };
  const onClock = useCallback((now: number) => {
    setAt(now);
    shown.current = now;
    latest.current.onPicture();
    const { ended, until } = latest.current.state;
    if (ended && now >= until - 500) latest.current.onEnd();
  }, []);
  useEffect(() => {
    const look = setInterval(() => {
      const { state, aheadMs } = latest.current;
      // What has ended is not late: its last picture is.
      const picture = state.ended ? null : shown.current;
      setLate(picture === null ? null : ageIfLate(picture, Date.now() + aheadMs, state.delayMs));
    }, LOOK_MS);
    return () => clearInterval(look);
  }, []);
  useEffect(() => {
    if (!state.ended) return;
    const timer = setTimeout(onEnd, LAST_WAIT);
    return () => clearTimeout(timer);
  }, [state.ended, onEnd]);
  const entry = at === null ? null : entryAt(state.timeline, at);
  return (
    <Page title={state.title} body={state.body} wide>
      <div className={styles.page} data-testid="watch" data-state="live">
        <div className="stack">
          <Player url={fileOf(state.meeting, "live.m3u8")} onClock={onClock} onEnded={onEnd} />
          <NowShowing entry={entry} late={late} />
        </div>
        <div className="stack">
          <PublicAgenda agenda={state.agenda} current={entry?.item?.id ?? null} />
          <Share />
        </div>
      </div>
    </Page>
  );
}
