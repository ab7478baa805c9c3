import type { Seat } from "@raadhuis/meeting";
import { memo } from "react";
import { Icon } from "../../../design/parts/Icon.tsx";
import { joined } from "../../../i18n/isolate.ts";
import { useWords } from "../../words.ts";
import { useDevices, useMedia } from "../media/context.ts";
import type { SessionView } from "../media/session.ts";
import { useMeeting } from "../meeting/context.ts";
import styles from "./Tile.module.css";
import { type Picture, Video } from "./Video.tsx";

interface Props {
  seat: Seat;
  self: boolean;
  large: boolean;
}

/** One person: picture or initials, and the name that the roster gives. */
export const Tile = memo(function Tile({ seat, self, large }: Props) {
  const { t } = useWords();
  const { picture, microphone, speaking, here } = useShown(seat.id, self);
  const hand = useMeeting(({ floor }) => floor.queue.includes(seat.id));
  const floor = useMeeting(({ floor }) => floor.holder === seat.id);
  return (
    <figure
      className={styles.tile}
      data-testid="tile"
      data-seat={seat.id}
      data-stage={large}
      data-speaking={speaking}
      data-floor={floor}
      data-mic={microphone ? "on" : "off"}
      data-camera={picture ? "on" : "off"}
      data-here={here}
    >
      {picture ? (
        <Video picture={picture} seat={seat.id} source="camera" self={self} />
      ) : (
        <span className={styles.initials} aria-hidden="true">
          {initials(seat.name)}
        </span>
      )}
      <figcaption className={styles.name}>
        <Icon name={microphone ? "microphone" : "microphoneOff"} />
        <span className="visually-hidden">{t(microphone ? "tile.microphone.on" : "tile.microphone.off")}</span>
        <span className={styles.words}>
          <bdi>{seat.name ?? t("person.erased")}</bdi> · {joined([t(`role.${seat.role}`), seat.party])}
          {self ? ` (${t("tile.you")})` : ""}
        </span>
        {hand ? (
          <span className={styles.hand}>
            <Icon name="hand" />
            <span className="visually-hidden">{t("tile.hand")}</span>
          </span>
        ) : null}
      </figcaption>
    </figure>
  );
});

interface Shown {
  picture: Picture | null;
  microphone: boolean;
  speaking: boolean;
  /** In the room, so that media can come. */
  here: boolean;
}

/** What there is of a person to be seen; of oneself it is what is sent. */
function useShown(seat: string, self: boolean): Shown {
  const own = useDevices(({ camera }) => (self ? camera.track : null));
  return useMedia((view) =>
    self
      ? {
          picture: view.sending.camera ? own : null,
          microphone: view.sending.microphone,
          speaking: view.speaking,
          here: true,
        }
      : theirs(view, seat),
  );
}

function theirs({ people }: SessionView, seat: string): Shown {
  const person = people.get(seat);
  return {
    picture: person?.camera ?? null,
    microphone: person?.microphoneOn ?? false,
    speaking: person?.speaking ?? false,
    here: person !== undefined,
  };
}

const initials = (name: string | null): string =>
  (name ?? "?")
    .split(/\s+/)
    .filter((_, index, words) => index === 0 || index === words.length - 1)
    .map((word) => [...word][0]?.toUpperCase() ?? "")
    .join("");
