package main

import (
	"errors"
	"sync"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/livekit/server-sdk-go/v2/e2ee"
)

// Somebody in a room, or on the way in or out.
type person struct {
	name string

	lock sync.Mutex
	room *lksdk.Room
	// Of what was and is received, in the order it came.
	received []*reception
	keys     *e2ee.ExternalKeyProvider
}

func newPerson(name string) *person {
	return &person{name: name}
}

func (p *person) note(kind string, detail map[string]any) {
	tell(map[string]any{"who": p.name, "kind": kind, "detail": detail})
}

// How somebody comes in.
type joining struct {
	URL    string `json:"url"`
	Ticket string `json:"ticket"`
	// One peer connection (`/rtc/v1`) in place of two (`/rtc`).
	Single        bool              `json:"single"`
	AutoSubscribe bool              `json:"autoSubscribe"`
	Metadata      string            `json:"metadata"`
	Attributes    map[string]string `json:"attributes"`
	// Everything is encrypted end to end, by a key made of it.
	Passphrase string `json:"passphrase"`
	// What it offers, in place of all that Pion has.
	Codecs []string `json:"codecs"`
	// Published with the join itself; wants `single`.
	Publish []publishing `json:"publish"`
}

func (p *person) join(how joining) (any, error) {
	options := []lksdk.ConnectOption{
		lksdk.WithAutoSubscribe(how.AutoSubscribe),
		lksdk.WithMetadata(how.Metadata),
		lksdk.WithExtraAttributes(how.Attributes),
		lksdk.WithDisableRegionDiscovery(),
	}
	if how.Single {
		options = append(options, lksdk.WithSinglePeerConnection())
	}
	if how.Passphrase != "" {
		p.keys = e2ee.NewExternalKeyProvider()
		if err := p.keys.SetKeyFromPassphrase(how.Passphrase, 0); err != nil {
			return nil, err
		}
		options = append(options, lksdk.WithDataEncryption(&lksdk.EncryptionOptions{KeyProvider: p.keys}))
	}
	if len(how.Codecs) > 0 {
		codecs := []livekit.Codec{}
		for _, mime := range how.Codecs {
			codecs = append(codecs, livekit.Codec{Mime: mime})
		}
		options = append(options, lksdk.WithCodecs(codecs))
	}
	for _, what := range how.Publish {
		tracks, publication, err := what.tracks(p.keys)
		if err != nil {
			return nil, err
		}
		if len(tracks) > 1 {
			options = append(options, lksdk.WithSimulcastTrack(tracks, publication))
		} else {
			options = append(options, lksdk.WithTrack(tracks[0], publication))
		}
	}
	room := lksdk.NewRoom(p.callbacks())
	if err := p.answers(room); err != nil {
		return nil, err
	}
	p.lock.Lock()
	p.room = room
	p.lock.Unlock()
	if err := room.JoinWithToken(how.URL, how.Ticket, options...); err != nil {
		return nil, err
	}
	return map[string]any{"sid": room.LocalParticipant.SID()}, nil
}

var errNotJoined = errors.New("not joined")

// The room that somebody is in.
func (p *person) here() (*lksdk.Room, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.room == nil || p.room.LocalParticipant == nil {
		return nil, errNotJoined
	}
	return p.room, nil
}

// What somebody knows of another.
func known(one lksdk.Participant) map[string]any {
	tracks := []map[string]any{}
	for _, publication := range one.TrackPublications() {
		tracks = append(tracks, map[string]any{
			"sid":    publication.SID(),
			"name":   publication.Name(),
			"source": sourceName(publication.Source()),
			"muted":  publication.IsMuted(),
		})
	}
	return map[string]any{
		"identity": one.Identity(), "sid": one.SID(), "name": one.Name(), "metadata": one.Metadata(),
		"attributes": one.Attributes(), "speaking": one.IsSpeaking(), "tracks": tracks,
	}
}

func sourceName(source livekit.TrackSource) string {
	return map[livekit.TrackSource]string{
		livekit.TrackSource_CAMERA:       "camera",
		livekit.TrackSource_MICROPHONE:   "microphone",
		livekit.TrackSource_SCREEN_SHARE: "screen_share",
	}[source]
}
