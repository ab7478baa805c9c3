package main

import (
	"strings"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/webrtc/v4"
)

// Everything that the SDK tells is noted.
func (p *person) callbacks() *lksdk.RoomCallback {
	of := func(one lksdk.Participant) map[string]any { return map[string]any{"identity": one.Identity()} }
	about := func(publication lksdk.TrackPublication, one lksdk.Participant) map[string]any {
		return map[string]any{
			"identity": one.Identity(), "sid": publication.SID(), "source": sourceName(publication.Source()),
		}
	}
	return &lksdk.RoomCallback{
		OnDisconnectedWithReason: func(reason lksdk.DisconnectionReason) {
			p.note("disconnected", map[string]any{"reason": string(reason)})
		},
		OnReconnecting:            func() { p.note("reconnecting", nil) },
		OnReconnected:             func() { p.note("reconnected", nil) },
		OnParticipantConnected:    func(one *lksdk.RemoteParticipant) { p.note("participantConnected", of(one)) },
		OnParticipantDisconnected: func(one *lksdk.RemoteParticipant) { p.note("participantDisconnected", of(one)) },
		OnActiveSpeakersChanged: func(speakers []lksdk.Participant) {
			identities := []string{}
			for _, one := range speakers {
				identities = append(identities, one.Identity())
			}
			p.note("speakers", map[string]any{"identities": identities})
		},
		OnRoomMetadataChanged: func(metadata string) { p.note("roomMetadata", map[string]any{"metadata": metadata}) },
		OnLocalTrackSubscribed: func(publication *lksdk.LocalTrackPublication, one *lksdk.LocalParticipant) {
			p.note("localTrackSubscribed", about(publication, one))
		},
		ParticipantCallback: lksdk.ParticipantCallback{
			OnLocalTrackUnpublished: func(publication *lksdk.LocalTrackPublication, one *lksdk.LocalParticipant) {
				p.note("localTrackUnpublished", about(publication, one))
			},
			OnTrackMuted: func(publication lksdk.TrackPublication, one lksdk.Participant) {
				p.note("muted", about(publication, one))
			},
			OnTrackUnmuted: func(publication lksdk.TrackPublication, one lksdk.Participant) {
				p.note("unmuted", about(publication, one))
			},
			OnMetadataChanged: func(_ string, one lksdk.Participant) {
				p.note("metadata", map[string]any{"identity": one.Identity(), "metadata": one.Metadata()})
			},
			OnAttributesChanged: func(changed map[string]string, one lksdk.Participant) {
				p.note("attributes", map[string]any{"identity": one.Identity(), "changed": changed})
			},
			OnConnectionQualityChanged: func(quality *livekit.ConnectionQualityInfo, one lksdk.Participant) {
				p.note("quality", map[string]any{
					"identity": one.Identity(), "quality": strings.ToLower(quality.Quality.String()),
				})
			},
			OnTrackSubscribed: func(track *webrtc.TrackRemote, publication *lksdk.RemoteTrackPublication, one *lksdk.RemoteParticipant) {
				p.receive(track, publication, one)
				p.note("subscribed", about(publication, one))
			},
			OnTrackUnsubscribed: func(_ *webrtc.TrackRemote, publication *lksdk.RemoteTrackPublication, one *lksdk.RemoteParticipant) {
				p.note("unsubscribed", about(publication, one))
			},
			OnTrackSubscriptionFailed: func(sid string, one *lksdk.RemoteParticipant) {
				p.note("subscriptionFailed", map[string]any{"identity": one.Identity(), "sid": sid})
			},
			OnTrackPublished: func(publication *lksdk.RemoteTrackPublication, one *lksdk.RemoteParticipant) {
				p.note("published", about(publication, one))
			},
			OnTrackUnpublished: func(publication *lksdk.RemoteTrackPublication, one *lksdk.RemoteParticipant) {
				p.note("unpublished", about(publication, one))
			},
			OnDataPacket: func(packet lksdk.DataPacket, params lksdk.DataReceiveParams) {
				p.heard(packet, params)
			},
			OnTranscriptionReceived: func(segments []*lksdk.TranscriptionSegment, one lksdk.Participant, _ lksdk.TrackPublication) {
				for _, segment := range segments {
					p.note("transcription", map[string]any{"identity": one.Identity(), "text": segment.Text})
				}
			},
		},
	}
}
