import type { Random } from "./random.ts";

const transport = [
  "a=ice-ufrag:fuzz",
  "a=ice-pwd:apasswordoftwentyfourletters",
  `a=fingerprint:sha-256 ${Array(32).fill("AB").join(":")}`,
  "a=setup:actpass",
];

/** An offer as browsers write it, of so many sections of each kind, with or without simulcast. */
export function plainOffer(random: Random, sections: number): string {
  const parts = Array.from({ length: sections }, (_, mid) =>
    random.chance(0.5) ? video(random, mid) : audio(random, mid),
  );
  const mids = parts.map((_, mid) => mid).join(" ");
  return ["v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0", `a=group:BUNDLE ${mids}`, ...parts.flat(), ""].join(
    "\r\n",
  );
}

/** One that somebody thought about: lines changed, doubled, moved, with numbers and names that do not fit. */
export function hostileOffer(random: Random): string {
  const sections = random.chance(0.03) ? 500 : 1 + random.below(6);
  let lines = plainOffer(random, sections).split("\r\n");
  for (let times = random.below(8); times > 0; times--) {
    const at = random.below(lines.length);
    const line = lines[at] ?? "";
    switch (random.below(7)) {
      case 0:
        lines.splice(at, 1);
        break;
      case 1:
        lines.splice(at, 0, line);
        break;
      case 2:
        lines.splice(at, 0, hostileLine(random));
        break;
      case 3:
        lines[at] = line.replace(/\d+/, random.pick(["-1", "0", "255", "256", "65536", "4294967296", "1e99", "NaN"]));
        break;
      case 4:
        lines[at] = `${line.split(":")[0]}:${random.text().slice(0, 2000)}`;
        break;
      case 5:
        lines = [...lines.slice(at), ...lines.slice(0, at)];
        break;
      default:
        lines[at] = random.mutated(Buffer.from(line)).toString("latin1");
    }
  }
  return lines.join(random.chance(0.1) ? "\n" : "\r\n");
}

const ssrc = (random: Random) => random.pick([0, 1, 0xffffffff, 0x5eed5eed, random.below(2 ** 32)]);

const direction = (random: Random) => random.pick(["sendonly", "recvonly", "sendrecv", "inactive"]);

function audio(random: Random, mid: number): string[] {
  const source = ssrc(random);
  return [
    "m=audio 9 UDP/TLS/RTP/SAVPF 111 63",
    "c=IN IP4 0.0.0.0",
    ...transport,
    `a=mid:${mid}`,
    "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
    "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
    `a=${direction(random)}`,
    "a=rtcp-mux",
    "a=rtpmap:111 opus/48000/2",
    "a=rtpmap:63 red/48000/2",
    "a=fmtp:63 111/111",
    `a=msid:s voice${random.below(4)}`,
    `a=ssrc:${source} cname:x`,
  ];
}

function video(random: Random, mid: number): string[] {
  const [one, two] = [ssrc(random), ssrc(random)];
  const simulcast = random.chance(0.5);
  return [
    "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 45 46",
    "c=IN IP4 0.0.0.0",
    ...transport,
    `a=mid:${mid}`,
    "a=extmap:2 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
    "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
    "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
    "a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
    "a=extmap:12 https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
    `a=${direction(random)}`,
    "a=rtcp-mux",
    ...["96 VP8", "98 VP9", "45 AV1"].map((codec) => `a=rtpmap:${codec}/90000`),
    ...["97 96", "99 98", "46 45"].flatMap((pair) => {
      const [rtx, apt] = pair.split(" ");
      return [`a=rtpmap:${rtx} rtx/90000`, `a=fmtp:${rtx} apt=${apt}`];
    }),
    "a=rtcp-fb:96 nack pli",
    `a=msid:s face${random.below(4)}`,
    ...(simulcast
      ? ["a=rid:q send", "a=rid:h send", "a=rid:f send", "a=simulcast:send q;h;f"]
      : [`a=ssrc-group:FID ${one} ${two}`, `a=ssrc:${one} cname:x`, `a=ssrc:${two} cname:x`]),
  ];
}

const hostileLine = (random: Random): string =>
  random.pick([
    `a=extmap:${random.pick(["0", "15", "255", "4096", "-1", "1/sendrecv", "x"])} ${random.text().slice(0, 100)}`,
    `a=rid:${random.pick(["", "~", "a".repeat(300), "../q", "q h"])} send`,
    `a=simulcast:send ${Array(200).fill("q").join(";")}`,
    `a=ssrc-group:SIM ${Array(100).fill(ssrc(random)).join(" ")}`,
    `a=ssrc-group:FID ${ssrc(random)}`,
    `a=ssrc:${random.pick(["", "-1", "x", "99999999999999"])} cname:x`,
    `a=rtpmap:${random.pick(["300", "-1", "96", "x"])} ${random.text().slice(0, 60)}/90000`,
    `a=fmtp:96 ${"a=b;".repeat(random.below(2000))}`,
    "a=setup:holdconn",
    "a=ice-ufrag:",
    "a=ice-lite",
    `a=candidate:1 1 udp 1 ${random.pick(["127.0.0.1", "169.254.169.254", "x.local", "::1"])} 9 typ host`,
    "a=fingerprint:sha-256 00",
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
    "m=video 0 X 0",
    `a=mid:${random.text().slice(0, 60)}`,
    "a=sctp-port:99999",
    "a=max-message-size:0",
    `a=msid:${random.text().slice(0, 60)}`,
  ]);
