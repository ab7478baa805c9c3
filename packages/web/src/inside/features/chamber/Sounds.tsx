import type { RemoteTrack } from "livekit-client";
import { useEffect, useRef } from "react";
import { useMedia } from "../media/context.ts";
import { useOtherRooms } from "../media/hooks.ts";
import type { PersonMedia } from "../media/view.ts";

/** The sound of everybody else, and of what they share, from all rooms that this seat is in. */
export function Sounds() {
  const people = useMedia(({ people }) => people);
  const others = useOtherRooms(useMedia(({ link, soundBlocked }) => ({ link, soundBlocked })));
  return (
    <>
      <SoundsOf people={people} />
      {[...others].map(([room, { link, people }]) => (
        <div key={room} hidden data-testid="other-room" data-room={room} data-media={link}>
          <SoundsOf people={people} />
        </div>
      ))}
    </>
  );
}

function SoundsOf({ people }: { people: ReadonlyMap<string, PersonMedia> }) {
  return (
    <div hidden>
      {[...people].map(([seat, { microphone, screenSound }]) => (
        <div key={seat}>
          {microphone ? <Sound seat={seat} source="microphone" track={microphone} /> : null}
          {screenSound ? <Sound seat={seat} source="screen_share_audio" track={screenSound} /> : null}
        </div>
      ))}
    </div>
  );
}

function Sound({ seat, source, track }: { seat: string; source: string; track: RemoteTrack }) {
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const audio = element.current;
    if (!audio) return;
    track.attach(audio);
    return () => void track.detach(audio);
  }, [track]);
  // biome-ignore lint/a11y/useMediaCaption: live speech of people in the room; captions are made elsewhere.
  return <audio ref={element} autoPlay data-seat={seat} data-source={source} />;
}
