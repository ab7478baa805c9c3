import { useEffect, useRef } from "react";
import { Icon } from "../../../design/parts/Icon.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import type { MediaProblem } from "../media/problems.ts";

/** One's own picture, mirrored as in a looking glass; or in words why there is none. */
export function Preview({ track, problem }: { track: MediaStreamTrack | null; problem: MediaProblem | null }) {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = track ? new MediaStream([track]) : null;
  }, [track]);
  return (
    <div className="preview">
      <video ref={video} data-testid="preview" autoPlay muted playsInline hidden={!track} />
      {track ? null : (
        <p role="status">
          <Icon name="cameraOff" />
          {t(problem ? `media.camera.${problem}` : "media.camera.off")}
        </p>
      )}
    </div>
  );
}
