import { useEffect, useRef, useState } from "react";
import { Icon } from "../../../design/parts/Icon.tsx";
import { useWords } from "../../words.ts";
import type { MediaProblem } from "../media/problems.ts";
import styles from "./Preview.module.css";

/** One's own picture, whole and mirrored as in a looking glass; or in words why there is none. */
export function Preview({ track, problem }: { track: MediaStreamTrack | null; problem: MediaProblem | null }) {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const [upright, setUpright] = useState(false);
  useEffect(() => {
    if (video.current) video.current.srcObject = track ? new MediaStream([track]) : null;
    if (!track) setUpright(false);
  }, [track]);
  return (
    <div className={styles.preview} data-upright={upright}>
      <video
        ref={video}
        data-testid="preview"
        autoPlay
        muted
        playsInline
        hidden={!track}
        // The camera's shape is known with its first picture, and changes when a telephone is turned.
        onResize={({ currentTarget }) => setUpright(currentTarget.videoHeight > currentTarget.videoWidth)}
      />
      {track ? null : (
        <p role="status">
          <Icon name="cameraOff" />
          {t(problem ? `media.camera.${problem}` : "media.camera.off")}
        </p>
      )}
    </div>
  );
}
