import { useEffect, useRef, useState } from "react";
import { Button } from "../../../design/parts/Button.tsx";
import { useWords } from "../../words.ts";
import styles from "./Player.module.css";
import { Stream } from "./stream.ts";

interface Props {
  url: string;
  /** Programme time of the picture, ms, four times a second. */
  onClock(at: number): void;
  onEnded(): void;
}

/** The picture first. Starts without sound, as browsers demand; one clear button turns it on. */
export function Player({ url, onClock, onEnded }: Props) {
  const { t } = useWords();
  const element = useRef<HTMLVideoElement>(null);
  const stream = useRef<Stream | null>(null);
  const [silent, setSilent] = useState(true);
  const [playing, setPlaying] = useState(false);

  useEffect(() => {
    const video = element.current;
    if (!video) return;
    stream.current = new Stream(video, url);
    return () => stream.current?.end();
  }, [url]);

  useEffect(() => {
    const timer = setInterval(() => {
      const at = stream.current?.clock() ?? null;
      if (at === null || !element.current) return;
      element.current.dataset.clock = String(at);
      onClock(at);
    }, 250);
    return () => clearInterval(timer);
  }, [onClock]);

  const toggle = () => {
    const video = element.current;
    if (video?.paused) void video.play();
    else video?.pause();
  };
  return (
    <div className={styles.player}>
      <video
        ref={element}
        data-testid="player"
        aria-label={t("watch.picture")}
        autoPlay
        muted={silent}
        playsInline
        controls
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={onEnded}
        onVolumeChange={(event) => setSilent(event.currentTarget.muted)}
      />
      <div className="row">
        <Button
          kind={silent ? "primary" : "secondary"}
          icon={silent ? "soundOff" : "sound"}
          data-testid="sound"
          onClick={() => setSilent(!silent)}
        >
          {t(silent ? "watch.soundOn" : "watch.soundOff")}
        </Button>
        <Button icon={playing ? "pause" : "play"} data-testid="play" onClick={toggle}>
          {t(playing ? "watch.pause" : "watch.play")}
        </Button>
        <Button kind="subtle" data-testid="to-edge" onClick={() => stream.current?.toEdge()}>
          {t("watch.toEdge")}
        </Button>
      </div>
    </div>
  );
}
