import type { RemoteTrack } from "livekit-client";
import { useEffect, useRef } from "react";
import styles from "./Tile.module.css";

/** A track of one's own, or one that comes from another person. */
export type Picture = MediaStreamTrack | RemoteTrack;

interface Props {
  picture: Picture;
  seat: string;
  source: "camera" | "screen_share";
  self: boolean;
}

/** One's own camera is mirrored; sound never comes from here. */
export function Video({ picture, seat, source, self }: Props) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    if (picture instanceof MediaStreamTrack) {
      video.srcObject = new MediaStream([picture]);
      return () => {
        video.srcObject = null;
      };
    }
    picture.attach(video);
    return () => void picture.detach(video);
  }, [picture]);
  return (
    <video
      ref={element}
      autoPlay
      muted
      playsInline
      data-seat={seat}
      data-source={source}
      data-self={self ? "true" : undefined}
      className={self && source === "camera" ? `${styles.video} ${styles.mirrored}` : styles.video}
    />
  );
}
