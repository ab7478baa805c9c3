// LiveKit's own example of a conference, as its documentation has it: `#url=...&token=...`.
import { LiveKitRoom, VideoConference } from "@livekit/components-react";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const given = new URLSearchParams(location.hash.slice(1));
const room = { serverUrl: given.get("url"), token: given.get("token"), connect: true, audio: true, video: true };
createRoot(document.body.appendChild(document.createElement("div"))).render(
  createElement(LiveKitRoom, room, createElement(VideoConference)),
);
