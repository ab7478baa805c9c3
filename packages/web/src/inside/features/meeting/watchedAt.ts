import { formOf, type MeetingState } from "@raadhuis/meeting";
import { useEffect, useState } from "react";
import { api } from "../../api/house.ts";

/** Where the public watches this meeting; `null`: nowhere, or not known yet. */
export function useWatchedAt({ id, kind }: Pick<MeetingState, "id" | "kind">): string | null {
  const [gallery, setGallery] = useState<string | null>(null);
  const watched = formOf({ kind }).gallery;
  useEffect(() => {
    if (watched) void api.house.get().then((result) => (result.ok ? setGallery(result.value.gallery) : null));
  }, [watched]);
  return watched && gallery !== null ? `${gallery.replace(/\/$/, "")}/meeting/${id}` : null;
}
