package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/livekit/server-sdk-go/v2/e2ee"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"
	"github.com/pion/webrtc/v4/pkg/media/ivfreader"
	"github.com/pion/webrtc/v4/pkg/media/oggreader"
)

// As ../kit/samples.ts makes the files.
const (
	soundFrame   = 20 * time.Millisecond
	pictureFrame = 50 * time.Millisecond
)

// A track to be published: one file, or three as simulcast, lowest first.
type publishing struct {
	Name   string `json:"name"`
	Source string `json:"source"`
	Layers []struct {
		File   string `json:"file"`
		Width  uint32 `json:"width"`
		Height uint32 `json:"height"`
	} `json:"layers"`
	// In how many parts of 127 it says to be silent (RFC 6464).
	Level uint8 `json:"level"`
}

// What the SDK can encrypt.
var encryptedAs = map[string]lksdk.Codec{webrtc.MimeTypeOpus: lksdk.CodecOpus, webrtc.MimeTypeH264: lksdk.CodecH264}

var qualities = []livekit.VideoQuality{livekit.VideoQuality_LOW, livekit.VideoQuality_MEDIUM, livekit.VideoQuality_HIGH}

func (what publishing) tracks(keys *e2ee.ExternalKeyProvider) ([]*lksdk.LocalTrack, *lksdk.TrackPublicationOptions, error) {
	top := what.Layers[len(what.Layers)-1]
	options := &lksdk.TrackPublicationOptions{
		Name: what.Name, VideoWidth: int(top.Width), VideoHeight: int(top.Height), DisableDTX: true,
		Source: livekit.TrackSource(livekit.TrackSource_value[what.Source]),
	}
	if keys != nil {
		options.Encryption = livekit.Encryption_GCM
	}
	tracks := []*lksdk.LocalTrack{}
	id := fmt.Sprintf("simulcast-%d", time.Now().UnixNano())
	for index, layer := range what.Layers {
		played, err := open(layer.File)
		if err != nil {
			return nil, nil, err
		}
		played.level = what.Level
		trackOptions := []lksdk.LocalTrackOptions{}
		if len(what.Layers) > 1 {
			trackOptions = append(trackOptions, lksdk.WithSimulcast(id, &livekit.VideoLayer{
				Quality: qualities[index], Width: layer.Width, Height: layer.Height,
			}))
		}
		if keys != nil {
			encryptor, err := lksdk.NewFrameEncryptor(keys, encryptedAs[played.codec.MimeType])
			if err != nil {
				return nil, nil, err
			}
			trackOptions = append(trackOptions, lksdk.WithFrameEncryptor(encryptor))
		}
		track, err := lksdk.NewLocalTrack(played.codec, trackOptions...)
		if err != nil {
			return nil, nil, err
		}
		if err := track.StartWrite(played, nil); err != nil {
			return nil, nil, err
		}
		tracks = append(tracks, track)
	}
	return tracks, options, nil
}

func publish(local *lksdk.LocalParticipant, what publishing, keys *e2ee.ExternalKeyProvider) (any, error) {
	tracks, options, err := what.tracks(keys)
	if err != nil {
		return nil, err
	}
	var publication *lksdk.LocalTrackPublication
	if len(tracks) > 1 {
		publication, err = local.PublishSimulcastTrack(tracks, options)
	} else {
		publication, err = local.PublishTrack(tracks[0], options)
	}
	if err != nil {
		return nil, err
	}
	return publication.SID(), nil
}

// A file, over and over.
type loop struct {
	lksdk.BaseSampleProvider
	codec    webrtc.RTPCodecCapability
	frames   [][]byte
	duration time.Duration
	level    uint8
	next     int
}

func (l *loop) NextSample(context.Context) (media.Sample, error) {
	frame := l.frames[l.next%len(l.frames)]
	l.next++
	return media.Sample{Data: frame, Duration: l.duration}, nil
}

func (l *loop) CurrentAudioLevel() uint8 { return l.level }

func open(file string) (*loop, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	picture := func(mime string, frames [][]byte) *loop {
		codec := webrtc.RTPCodecCapability{MimeType: mime, ClockRate: 90000}
		return &loop{codec: codec, frames: frames, duration: pictureFrame}
	}
	switch filepath.Ext(file) {
	case ".ogg":
		frames, err := packetsOf(content)
		codec := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2}
		remember(file, frames)
		return &loop{codec: codec, frames: frames, duration: soundFrame}, err
	case ".h264":
		// Each begins with an access unit delimiter.
		frames := bytes.Split(content, []byte{0, 0, 0, 1, 9})[1:]
		for index := range frames {
			frames[index] = append([]byte{0, 0, 0, 1, 9}, frames[index]...)
		}
		return picture(webrtc.MimeTypeH264, frames), nil
	default:
		reader, header, err := ivfreader.NewWith(bytes.NewReader(content))
		if err != nil {
			return nil, err
		}
		mime := map[string]string{"VP80": webrtc.MimeTypeVP8, "VP90": webrtc.MimeTypeVP9, "AV01": webrtc.MimeTypeAV1}[header.FourCC]
		frames := [][]byte{}
		for {
			frame, _, err := reader.ParseNextFrame()
			if err == io.EOF {
				return picture(mime, frames), nil
			}
			if err != nil {
				return nil, err
			}
			frames = append(frames, frame)
		}
	}
}

// Of an ogg file with one packet a page, without its two headers.
func packetsOf(content []byte) ([][]byte, error) {
	reader, _, err := oggreader.NewWith(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	packets := [][]byte{}
	for {
		packet, _, err := reader.ParseNextPage()
		if err == io.EOF {
			return packets[1:], nil
		}
		if err != nil {
			return nil, err
		}
		packets = append(packets, packet)
	}
}
