import type { Seat } from "@raadhuis/meeting";
import { Icon } from "../../../design/parts/Icon.tsx";
import { useWords } from "../../words.ts";
import { useWho } from "../meeting/Who.tsx";
import styles from "./Tile.module.css";
import { type Picture, Video } from "./Video.tsx";

/** A shared screen, whole and as large as there is room. */
export function ShareTile({ seat, self, picture }: { seat: Seat; self: boolean; picture: Picture }) {
  const { t } = useWords();
  const who = useWho();
  return (
    <figure className={styles.tile} data-testid="share-tile" data-seat={seat.id} data-stage="true">
      <Video picture={picture} seat={seat.id} source="screen_share" self={self} />
      <figcaption className={styles.name}>
        <Icon name="screen" />
        <span className={styles.words}>{self ? t("share.own") : t("share.by", { who: who(seat) })}</span>
      </figcaption>
    </figure>
  );
}
