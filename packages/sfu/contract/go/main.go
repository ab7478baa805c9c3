// People in rooms by LiveKit's Go SDK, as the tests of the contract want them (../kit/goPeople.ts). Requests come by
// stdin and replies and events go by stdout, a line of JSON each.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sync"

	protoLogger "github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"
)

// Longest line that is read: a request carries what is to be sent.
const maxLine = 4 << 20

// What a test asks of somebody. `Who` is a name in this process alone.
type request struct {
	ID   int             `json:"id"`
	Who  string          `json:"who"`
	Do   string          `json:"do"`
	With json.RawMessage `json:"with"`
}

var stdout = struct {
	sync.Mutex
	*json.Encoder
}{Encoder: json.NewEncoder(os.Stdout)}

func tell(message any) {
	stdout.Lock()
	defer stdout.Unlock()
	if err := stdout.Encode(message); err != nil {
		os.Exit(1)
	}
}

func main() {
	if os.Getenv("CONTRACT_CONSOLE") == "" {
		lksdk.SetLogger(protoLogger.GetDiscardLogger())
	}
	people := map[string]*person{}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			fmt.Fprintln(os.Stderr, "not a request:", err)
			os.Exit(1)
		}
		somebody, known := people[asked.Who]
		if !known {
			somebody = newPerson(asked.Who)
			people[asked.Who] = somebody
		}
		// Joining and calling take time, and nobody waits for somebody else.
		go answer(somebody, asked)
	}
}

func answer(somebody *person, asked request) {
	result, err := somebody.do(asked.Do, asked.With)
	if err != nil {
		tell(map[string]any{"id": asked.ID, "error": err.Error()})
	} else {
		tell(map[string]any{"id": asked.ID, "result": result})
	}
}
