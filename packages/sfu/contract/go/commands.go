package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
)

var scenarios = map[string]lksdk.SimulateScenario{
	"resume":      lksdk.SimulateSignalReconnect,
	"serverLeave": lksdk.SimulateServerLeave,
	"full":        lksdk.SimulateForceTLS,
	"nodeFailure": lksdk.SimulateNodeFailure,
}

// What may be asked of whoever has joined.
var commands = map[string]func(*person, *lksdk.Room, json.RawMessage) (any, error){
	"leave": func(_ *person, room *lksdk.Room, _ json.RawMessage) (any, error) {
		room.Disconnect()
		return nil, nil
	},
	"state": func(_ *person, room *lksdk.Room, _ json.RawMessage) (any, error) {
		return room.ConnectionState(), nil
	},
	"me": func(_ *person, room *lksdk.Room, _ json.RawMessage) (any, error) {
		return known(room.LocalParticipant), nil
	},
	"room": func(_ *person, room *lksdk.Room, _ json.RawMessage) (any, error) {
		return map[string]any{"name": room.Name(), "sid": room.SID(), "metadata": room.Metadata()}, nil
	},
	"others": func(_ *person, room *lksdk.Room, _ json.RawMessage) (any, error) {
		others := []map[string]any{}
		for _, one := range room.GetRemoteParticipants() {
			others = append(others, known(one))
		}
		return others, nil
	},
	"received": func(p *person, _ *lksdk.Room, _ json.RawMessage) (any, error) {
		return p.allReceived(), nil
	},
	"publish": with(func(p *person, room *lksdk.Room, what publishing) (any, error) {
		return publish(room.LocalParticipant, what, p.keys)
	}),
	"unpublish": with(func(_ *person, room *lksdk.Room, sid string) (any, error) {
		return nil, room.LocalParticipant.UnpublishTrack(sid)
	}),
	"mute": with(func(_ *person, room *lksdk.Room, what struct {
		Sid   string `json:"sid"`
		Muted bool   `json:"muted"`
	}) (any, error) {
		for _, publication := range room.LocalParticipant.TrackPublications() {
			if local, ok := publication.(*lksdk.LocalTrackPublication); ok && local.SID() == what.Sid {
				local.SetMuted(what.Muted)
				return nil, nil
			}
		}
		return nil, fmt.Errorf("no track %s", what.Sid)
	}),
	"wish": with(wish),
	"permit": with(func(_ *person, room *lksdk.Room, identities []string) (any, error) {
		permission := &livekit.SubscriptionPermission{}
		for _, identity := range identities {
			permission.TrackPermissions = append(permission.TrackPermissions, &livekit.TrackPermission{
				ParticipantIdentity: identity, AllTracks: true,
			})
		}
		room.LocalParticipant.SetSubscriptionPermission(permission)
		return nil, nil
	}),
	"setName": with(func(_ *person, room *lksdk.Room, name string) (any, error) {
		room.LocalParticipant.SetName(name)
		return nil, nil
	}),
	"setMetadata": with(func(_ *person, room *lksdk.Room, metadata string) (any, error) {
		room.LocalParticipant.SetMetadata(metadata)
		return nil, nil
	}),
	"setAttributes": with(func(_ *person, room *lksdk.Room, attributes map[string]string) (any, error) {
		room.LocalParticipant.SetAttributes(attributes)
		return nil, nil
	}),
	"data": with(func(_ *person, room *lksdk.Room, what sending) (any, error) {
		return nil, sendData(room.LocalParticipant, what)
	}),
	"chat": with(func(_ *person, room *lksdk.Room, what sending) (any, error) {
		return nil, room.LocalParticipant.PublishDataPacket(&livekit.ChatMessage{Message: what.Text})
	}),
	"dtmf": with(func(_ *person, room *lksdk.Room, digit string) (any, error) {
		return nil, room.LocalParticipant.PublishDTMF(uint32(digit[0]-'0'), digit)
	}),
	"text": with(func(_ *person, room *lksdk.Room, what sending) (any, error) {
		text := strings.Repeat(what.Text, max(what.Times, 1))
		room.LocalParticipant.SendText(text, lksdk.StreamTextOptions{
			Topic: textTopic, DestinationIdentities: what.To, Attributes: what.Attributes,
		})
		return nil, nil
	}),
	"bytes": with(func(_ *person, room *lksdk.Room, what sending) (any, error) {
		name := "file"
		writer := room.LocalParticipant.StreamBytes(lksdk.StreamBytesOptions{
			Topic: byteTopic, DestinationIdentities: what.To, FileName: &name,
		})
		done := writer.Close
		writer.Write([]byte(strings.Repeat(what.Text, max(what.Times, 1))), &done)
		return nil, nil
	}),
	"call": with(func(_ *person, room *lksdk.Room, what calling) (any, error) {
		return call(room.LocalParticipant, what)
	}),
	"simulate": with(func(_ *person, room *lksdk.Room, scenario string) (any, error) {
		which, known := scenarios[scenario]
		if !known {
			return nil, fmt.Errorf("no scenario %s", scenario)
		}
		room.Simulate(which)
		return nil, nil
	}),
}

// A command whose arguments are of this type.
func with[T any](do func(*person, *lksdk.Room, T) (any, error)) func(*person, *lksdk.Room, json.RawMessage) (any, error) {
	return func(p *person, room *lksdk.Room, raw json.RawMessage) (any, error) {
		var arguments T
		if err := json.Unmarshal(raw, &arguments); err != nil {
			return nil, err
		}
		return do(p, room, arguments)
	}
}

func (p *person) do(what string, raw json.RawMessage) (any, error) {
	if what == "join" {
		var how joining
		if err := json.Unmarshal(raw, &how); err != nil {
			return nil, err
		}
		return p.join(how)
	}
	command, known := commands[what]
	if !known {
		return nil, fmt.Errorf("no command %s", what)
	}
	room, err := p.here()
	if err != nil {
		return nil, err
	}
	return command(p, room, raw)
}

// How somebody wants a track of another; what is not said stays as it is.
type wishes struct {
	Identity   string `json:"identity"`
	Source     string `json:"source"`
	Subscribed *bool  `json:"subscribed"`
	Enabled    *bool  `json:"enabled"`
	Quality    string `json:"quality"`
	Width      uint32 `json:"width"`
	Height     uint32 `json:"height"`
}

func wish(_ *person, room *lksdk.Room, what wishes) (any, error) {
	one := room.GetParticipantByIdentity(what.Identity)
	if one == nil {
		return nil, fmt.Errorf("nobody is %s", what.Identity)
	}
	for _, found := range one.TrackPublications() {
		publication, ok := found.(*lksdk.RemoteTrackPublication)
		if !ok || sourceName(publication.Source()) != what.Source {
			continue
		}
		if what.Enabled != nil {
			publication.SetEnabled(*what.Enabled)
		}
		if what.Width > 0 {
			publication.SetVideoDimensions(what.Width, what.Height)
		}
		if what.Quality != "" {
			if err := publication.SetVideoQuality(livekit.VideoQuality(livekit.VideoQuality_value[what.Quality])); err != nil {
				return nil, err
			}
		}
		if what.Subscribed != nil {
			return nil, publication.SetSubscribed(*what.Subscribed)
		}
		return nil, nil
	}
	return nil, fmt.Errorf("%s publishes no %s", what.Identity, what.Source)
}
