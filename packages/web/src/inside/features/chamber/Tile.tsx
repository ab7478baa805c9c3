import type { Seat } from "@raadhuis/meeting";
import { Icon } from "../../../design/parts/Icon.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { joined } from "../../../i18n/isolate.ts";
import { type Picture, Video } from "./Video.tsx";

export type { Picture };

interface Props {
  seat: Seat;
  self: boolean;
  large: boolean;
  hand: boolean;
  floor: boolean;
  picture: Picture | null;
  microphone: boolean;
  speaking: boolean;
  /** In the room, so that media can come. */
  here: boolean;
}

/** One person: picture or initials, and the name that the roster gives. */
export function Tile({ seat, self, large, hand, floor, picture, microphone, speaking, here }: Props) {
  const { t } = useWords();
  return (
    <figure
      className="tile"
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
        <span className="tile-initials" aria-hidden="true">
          {initials(seat.name)}
        </span>
      )}
      <figcaption className="tile-name">
        <Icon name={microphone ? "microphone" : "microphoneOff"} />
        <span className="visually-hidden">{t(microphone ? "tile.microphone.on" : "tile.microphone.off")}</span>
        <span className="tile-words">
          <bdi>{seat.name ?? t("person.erased")}</bdi> · {joined([t(`role.${seat.role}`), seat.party])}
          {self ? ` (${t("tile.you")})` : ""}
        </span>
        {hand ? (
          <span className="tile-hand">
            <Icon name="hand" />
            <span className="visually-hidden">{t("tile.hand")}</span>
          </span>
        ) : null}
      </figcaption>
    </figure>
  );
}

const initials = (name: string | null): string =>
  (name ?? "?")
    .split(/\s+/)
    .filter((_, index, words) => index === 0 || index === words.length - 1)
    .map((word) => [...word][0]?.toUpperCase() ?? "")
    .join("");
