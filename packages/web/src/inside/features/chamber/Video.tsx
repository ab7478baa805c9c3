import type { RemoteTrack } from "livekit-client";
import { useEffect, useRef } from "react";

/** A track of one's own, or one that comes from another person. */
export type Picture = { local: MediaStreamTrack } | { remote: RemoteTrack };

interface Props {
  picture: Picture;
  seat: string;
  source: "camera" | "screen_share";
  self: boolean;
}

/** One's own camera is mirrored; sound never comes from here. */
export function Video({ picture, seat, source, self }: Props) {
  const element = useRef<HTMLVideoElement>(null);
  const track = "local" in picture ? picture.local : picture.remote;
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    if (track instanceof MediaStreamTrack) {
      video.srcObject = new MediaStream([track]);
      return () => {
        video.srcObject = null;
      };
    }
    track.attach(video);
    return () => void track.detach(video);
  }, [track]);
  return (
    <video
      ref={element}
      autoPlay
      muted
      playsInline
      data-seat={seat}
      data-source={source}
      data-self={self ? "true" : undefined}
      className={self && source === "camera" ? "video video--mirror" : "video"}
    />
  );
}
