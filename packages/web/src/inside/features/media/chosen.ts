/**
 * Of several tracks of one source of a person the one that counts: that with the lowest sid, which the media server draws
 * by lot, as the broadcast has it, too (`egress/src/sight.ts`). By the order in which one came to know them, pages and
 * broadcast would choose each another: LiveKit tells whoever comes later of them in any order. In a house of the embedded
 * media server there is never more than one.
 */
export function chosenOf<Publication extends { source: string; trackSid: string }>(
  publications: Iterable<Publication>,
  source: string,
): Publication | null {
  let chosen: Publication | null = null;
  for (const publication of publications)
    if (publication.source === source && (chosen === null || publication.trackSid < chosen.trackSid))
      chosen = publication;
  return chosen;
}
