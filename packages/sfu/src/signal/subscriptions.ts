import {
  DisconnectReason,
  LeaveRequest_Action,
  type SubscriptionPermission,
  type SyncState,
  UpdateSubscription,
  UpdateTrackSettings,
} from "@livekit/protocol";
import type { Participant } from "../participant/participant.ts";
import type { Room } from "../room/room.ts";

export const trackSidsOf = (update: Pick<UpdateSubscription, "trackSids" | "participantTracks">): string[] => [
  ...update.trackSids,
  ...update.participantTracks.flatMap((tracks) => tracks.trackSids),
];

/**
 * What whoever came back says of what it wants, as far as it can mean it. LiveKit's Go SDK names as unwanted whatever has
 * not come to it yet, also what was published while it was away; so what it never had is not taken from it by that.
 */
export function meantBy(update: UpdateSubscription, had: ReadonlySet<string>): UpdateSubscription {
  if (update.subscribe) return update;
  return new UpdateSubscription({ trackSids: trackSidsOf(update).filter((sid) => had.has(sid)), subscribe: false });
}

/** Over the rate it is ignored: there is no answer to it, and a client repeats what it still wants. */
export function updateSubscription(room: Room, participant: Participant, update: UpdateSubscription): void {
  const trackSids = trackSidsOf(update);
  if (participant.limits.allow("subscription", trackSids.length))
    room.reception.want(participant, trackSids, update.subscribe);
}

export function configureTracks(participant: Participant, settings: UpdateTrackSettings): void {
  if (!participant.limits.allow("setting", settings.trackSids.length)) return;
  for (const sid of settings.trackSids) participant.subscriptions.configure(sid, settings);
}

/**
 * Who may receive one's tracks. Returns whether that was done; its sender has no answer, as with LiveKit. One that comes
 * too often is not ignored, for it may forbid what flows: its sender is put out, and nothing of theirs flows at all.
 */
export function permitSubscriptions(room: Room, participant: Participant, permission: SubscriptionPermission): boolean {
  if (participant.limits.allow("permission")) return room.reception.permit(participant, permission);
  room.remove(participant, DisconnectReason.STATE_MISMATCH);
  return true;
}

/**
 * What a client that came back believes: which tracks it publishes, wants, and has switched off. If it publishes one
 * that is not known here, it can do so only anew.
 */
export function syncState(room: Room, participant: Participant, state: SyncState): void {
  const descriptionBytes = (state.offer?.sdp.length ?? 0) + (state.answer?.sdp.length ?? 0);
  if (!participant.limits.allow("descriptionBytes", descriptionBytes)) {
    room.remove(participant, DisconnectReason.STATE_MISMATCH);
    return;
  }
  if (!participant.limits.allow("sync")) return;
  const strange = state.publishTracks.some(({ track }) => !track || participant.publications.find(track.sid) === null);
  if (strange) {
    room.remove(participant, DisconnectReason.STATE_MISMATCH, LeaveRequest_Action.RECONNECT);
    return;
  }
  for (const sid of state.trackSidsDisabled)
    participant.subscriptions.configure(sid, new UpdateTrackSettings({ trackSids: [sid], disabled: true }));
  if (state.subscription)
    updateSubscription(room, participant, meantBy(state.subscription, participant.subscriptions.hadBefore));
}
