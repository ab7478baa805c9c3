import { formOf } from "@raadhuis/meeting";
import { useEffect, useState } from "react";
import { api } from "../../api/house.ts";
import { useMeeting } from "./context.ts";

/** Where the public watches this meeting; `null`: nowhere, or not known yet. */
export function useWatchedAt(): string | null {
  const id = useMeeting(({ id }) => id);
  const [gallery, setGallery] = useState<string | null>(null);
  const watched = useMeeting((state) => formOf(state).gallery);
  useEffect(() => {
    if (watched) void api.house.get().then((result) => (result.ok ? setGallery(result.value.gallery) : null));
  }, [watched]);
  return watched && gallery !== null ? `${gallery.replace(/\/$/, "")}/meeting/${id}` : null;
}
