import type { Pictures } from "../base/customs.ts";
import type { Kind } from "../engine/medooze.ts";
import { type Accepted, type AcceptedCodec, extensions, feedback, only } from "./capabilities.ts";

/** Our own numbers, the same in every section of every offer: payload types are agreed on for a whole connection. */
const table: Record<Kind, { name: string; payload: number; rtx: number | null; fmtp: string }[]> = {
  audio: [
    { name: "opus", payload: 111, rtx: null, fmtp: "minptime=10;useinbandfec=1" },
    { name: "red", payload: 63, rtx: null, fmtp: "111/111" },
  ],
  video: [
    { name: "vp8", payload: 96, rtx: 97, fmtp: "" },
    {
      name: "h264",
      payload: 102,
      rtx: 103,
      fmtp: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
    },
    { name: "vp9", payload: 98, rtx: 99, fmtp: "profile-id=0" },
    { name: "av1", payload: 45, rtx: 46, fmtp: "level-idx=5;profile=0;tier=0" },
  ],
};

/** An id has one meaning in all sections of a bundle (RFC 8843), so sound and picture are numbered together. */
const uris = [...new Set([...extensions.audio, ...extensions.video])];

/** What we offer to send: everything that is forwarded. A publisher's encodings (rids) do not reach subscribers. */
export const offeredOf = (kind: Kind, pictures: Pictures): Accepted => offered[pictures][kind];

const offered: Record<Pictures, Record<Kind, Accepted>> = {
  all: { audio: all("audio"), video: all("video") },
  vp8: { audio: all("audio"), video: only("vp8", all("video")) },
};

function all(kind: Kind): Accepted {
  const codecs: AcceptedCodec[] = table[kind].map((codec) => ({
    ...codec,
    clock: kind === "audio" ? 48_000 : 90_000,
    channels: kind === "audio" ? 2 : null,
    feedback: [...feedback[kind]],
  }));
  return {
    codecs,
    extensions: uris
      .map((uri, index) => ({ id: index + 1, uri }))
      .filter(({ uri }) => extensions[kind].has(uri) && !uri.endsWith("rtp-stream-id")),
  };
}
