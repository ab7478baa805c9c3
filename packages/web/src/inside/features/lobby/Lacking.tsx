import type { MeetingState } from "@raadhuis/meeting";
import { useEffect, useState } from "react";
import { Alert } from "../../../design/parts/Alert.tsx";
import { useWords } from "../../../i18n/hooks.ts";
import { house } from "../../api/office.ts";
import type { Ability } from "../media/ability.ts";

const watchedAt = (gallery: string, meeting: string): string => `${gallery.replace(/\/$/, "")}/meeting/${meeting}`;

/** What this browser cannot do in a meeting, what to do about it, and what is left: the agenda inside, the gallery. */
export function Lacking({ lacks, state }: { lacks: NonNullable<Ability["lacks"]>; state: MeetingState }) {
  const { t } = useWords();
  const { id } = state;
  const watched = state.kind === "public";
  const [gallery, setGallery] = useState<string | null>(null);
  useEffect(() => {
    if (watched) void house().then((result) => (result.ok ? setGallery(watchedAt(result.value.gallery, id)) : null));
  }, [watched, id]);
  return (
    <div className="stack" data-testid="lacking" data-lacks={lacks}>
      <Alert type="warning">{t(`lacking.${lacks}`)}</Alert>
      {gallery ? (
        <p>
          <a href={gallery} data-testid="lacking-gallery">
            {t("lacking.gallery")}
          </a>
        </p>
      ) : null}
    </div>
  );
}
