package main

import (
	"errors"
	"time"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
)

// The topics on which everybody listens for streams, as in ../kit/page.data.js.
const (
	textTopic = "chat"
	byteTopic = "file"
)

// A packet, a text or bytes to be sent; to all, where nobody is named.
type sending struct {
	Text       string            `json:"text"`
	Topic      string            `json:"topic"`
	Reliable   bool              `json:"reliable"`
	To         []string          `json:"to"`
	Attributes map[string]string `json:"attributes"`
	// How often `text` is repeated.
	Times int `json:"times"`
}

type calling struct {
	To      string `json:"to"`
	Method  string `json:"method"`
	Payload string `json:"payload"`
}

func (p *person) heard(packet lksdk.DataPacket, params lksdk.DataReceiveParams) {
	switch data := packet.(type) {
	case *lksdk.UserDataPacket:
		p.note("data", map[string]any{"from": params.SenderIdentity, "text": string(data.Payload), "topic": data.Topic})
	case *livekit.SipDTMF:
		p.note("dtmf", map[string]any{"from": params.SenderIdentity, "digit": data.Digit})
	case *livekit.ChatMessage:
		p.note("chat", map[string]any{"from": params.SenderIdentity, "text": data.Message})
	}
}

// What somebody answers to: calls of `greet` and `refuse`, and streams.
func (p *person) answers(room *lksdk.Room) error {
	greet := func(call lksdk.RpcInvocationData) (string, error) {
		return call.Payload + ", " + call.CallerIdentity, nil
	}
	refuse := func(call lksdk.RpcInvocationData) (string, error) {
		return "", lksdk.NewRpcError(101, "not now", &call.Payload)
	}
	return errors.Join(
		room.RegisterRpcMethod("greet", greet),
		room.RegisterRpcMethod("refuse", refuse),
		room.RegisterTextStreamHandler(textTopic, func(reader *lksdk.TextStreamReader, from string) {
			text := reader.ReadAll()
			p.note("text", map[string]any{"from": from, "text": text, "attributes": reader.Info.Attributes})
		}),
		room.RegisterByteStreamHandler(byteTopic, func(reader *lksdk.ByteStreamReader, from string) {
			bytes := reader.ReadAll()
			p.note("bytes", map[string]any{"from": from, "text": string(bytes), "name": reader.Info.Name})
		}),
	)
}

func call(local *lksdk.LocalParticipant, with calling) (any, error) {
	timeout := 15 * time.Second
	reply, err := local.PerformRpc(lksdk.PerformRpcParams{
		DestinationIdentity: with.To, Method: with.Method, Payload: with.Payload, ResponseTimeout: &timeout,
	})
	var refused *lksdk.RpcError
	if errors.As(err, &refused) {
		return map[string]any{"code": refused.Code, "message": refused.Message}, nil
	}
	return reply, err
}

func sendData(local *lksdk.LocalParticipant, what sending) error {
	return local.PublishDataPacket(
		&lksdk.UserDataPacket{Payload: []byte(what.Text), Topic: what.Topic},
		lksdk.WithDataPublishReliable(what.Reliable),
		lksdk.WithDataPublishDestination(what.To),
	)
}
