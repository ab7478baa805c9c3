package main

import (
	"encoding/binary"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/livekit/server-sdk-go/v2/e2ee"
	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v4"
)

// A track that is or was received.
type reception struct {
	identity, sid, source, mime string
	packets                     atomic.Int64
	// Of the last key frame of VP8.
	height atomic.Int64
	// The file that the last packet of sound comes from, if it is one of ours.
	file atomic.Value
}

func (p *person) receive(track *webrtc.TrackRemote, publication *lksdk.RemoteTrackPublication, one *lksdk.RemoteParticipant) {
	received := &reception{
		identity: one.Identity(), sid: publication.SID(), source: sourceName(publication.Source()),
		mime: strings.ToLower(track.Codec().MimeType),
	}
	received.file.Store("")
	p.lock.Lock()
	p.received = append(p.received, received)
	p.lock.Unlock()
	var decryptor *e2ee.GCMFrameDecryptor
	if p.keys != nil && track.Kind() == webrtc.RTPCodecTypeAudio {
		decryptor, _ = lksdk.NewFrameDecryptor(p.keys, lksdk.CodecOpus, p.room.SifTrailer())
	}
	if track.Kind() == webrtc.RTPCodecTypeVideo {
		one.WritePLI(track.SSRC())
	}
	go func() {
		for {
			packet, _, err := track.ReadRTP()
			if err != nil {
				return
			}
			// Padding is no medium.
			if len(packet.Payload) == 0 {
				continue
			}
			payload := packet.Payload
			if decryptor != nil {
				if payload, err = decryptor.DecryptFrame(payload); err != nil || payload == nil {
					continue
				}
			}
			received.look(payload)
			received.packets.Add(1)
		}
	}()
}

func (r *reception) look(payload []byte) {
	switch r.mime {
	case "audio/opus":
		if file, ours := fileOf(payload); ours {
			r.file.Store(file)
		}
	case "video/vp8":
		var part codecs.VP8Packet
		frame, err := part.Unmarshal(payload)
		// The first packet of a key frame, which says its size (RFC 6386, 9.1).
		if err == nil && part.S == 1 && part.PID == 0 && len(frame) > 9 && frame[0]&1 == 0 {
			r.height.Store(int64(binary.LittleEndian.Uint16(frame[8:10]) & 0x3fff))
		}
	}
}

func (p *person) allReceived() []map[string]any {
	p.lock.Lock()
	defer p.lock.Unlock()
	all := []map[string]any{}
	for _, one := range p.received {
		all = append(all, map[string]any{
			"identity": one.identity, "sid": one.sid, "source": one.source, "mime": one.mime,
			"packets": one.packets.Load(), "height": one.height.Load(), "file": one.file.Load(),
		})
	}
	return all
}

// Packets of sound go through a media server as they are: so it is known whose they are.
var played = struct {
	sync.Mutex
	files map[string]string
}{files: map[string]string{}}

func remember(file string, packets [][]byte) {
	played.Lock()
	defer played.Unlock()
	for _, packet := range packets {
		played.files[string(packet)] = filepath.Base(file)
	}
}

func fileOf(packet []byte) (string, bool) {
	played.Lock()
	defer played.Unlock()
	file, ours := played.files[string(packet)]
	return file, ours
}
