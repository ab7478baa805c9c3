import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { writeDescription } from "./answer.ts";
import { type Accepted, accept, propertiesOf } from "./capabilities.ts";
import { NotAnOffer, parseAnswer, parseOffer } from "./offer.ts";
import { offeredOf } from "./offered.ts";

const transport = [
  "a=ice-ufrag:abcd",
  "a=ice-pwd:abcdefghijklmnopqrstuv12",
  `a=fingerprint:sha-256 ${Array(32).fill("AB").join(":")}`,
  "a=setup:actpass",
];
const video = [
  "m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 104 105 40 39 98 41 42",
  "c=IN IP4 0.0.0.0",
  ...transport,
  "a=mid:1",
  "a=extmap:2 urn:3gpp:video-orientation",
  "a=extmap:9 http://example.com/unknown",
  "a=sendonly",
  "a=msid:- cam-id",
  "a=rtcp-mux",
  "a=rtpmap:96 VP8/90000",
  "a=rtcp-fb:96 goog-remb",
  "a=rtcp-fb:96 nack pli",
  "a=rtpmap:97 rtx/90000",
  "a=fmtp:97 apt=96",
  "a=rtpmap:102 H264/90000",
  "a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=4d001f",
  "a=rtpmap:104 H264/90000",
  "a=fmtp:104 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
  "a=rtpmap:105 rtx/90000",
  "a=fmtp:105 apt=104",
  "a=rtpmap:39 AV1/90000",
  "a=fmtp:39 level-idx=5;profile=0;tier=0",
  "a=rtpmap:40 AV1/90000",
  "a=fmtp:40 level-idx=5;profile=1;tier=0",
  "a=rtpmap:98 VP9/90000",
  "a=fmtp:98 profile-id=2",
  "a=rtpmap:41 VP9/90000",
  "a=fmtp:41 profile-id=0",
  "a=rtpmap:42 H265/90000",
  "a=rid:q send",
  "a=rid:h send",
  "a=simulcast:send q;h",
];
const application = [
  "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
  "c=IN IP4 0.0.0.0",
  ...transport,
  "a=mid:0",
  "a=sctp-port:5000",
];
const sdp = (...sections: string[][]) =>
  ["v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1", ...sections.flat(), ""].join("\r\n");

const local = {
  ufrag: "u",
  pwd: "p",
  fingerprint: "AA",
  setup: "passive" as const,
  addresses: ["10.0.0.1", "127.0.0.1"],
  port: 4000,
};

describe("an offer", () => {
  it("has not given up a section of port 0 that is in the bundle only, as Firefox writes it", () => {
    const bundled = video.map((line) => line.replace("m=video 9", "m=video 0"));
    assert.equal(parseOffer(sdp([...bundled, "a=bundle-only"])).sections[0]?.rejected, false);
    assert.equal(parseOffer(sdp(application, bundled)).sections[1]?.rejected, true);
  });

  it("is read: transport, sections, simulcast", () => {
    const offer = parseOffer(sdp(application, video));
    assert.equal(offer.ice.ufrag, "abcd");
    assert.equal(offer.dtls.hash, "sha-256");
    const [, section] = offer.sections;
    assert.deepEqual(section?.rids, ["q", "h"]);
    assert.equal(section?.trackId, "cam-id");
    assert.equal(section?.direction, "sendonly");
  });

  it("is taken with one profile of each codec that we forward, their retransmission, and the extensions we know", () => {
    const [section] = parseOffer(sdp(video)).sections;
    assert.ok(section);
    const accepted = accept(section, "all");
    assert.deepEqual(
      accepted.codecs.map(({ payload, rtx }) => [payload, rtx]),
      [
        [96, 97],
        [104, 105],
        [39, null],
        [41, null],
      ],
    );
    assert.deepEqual(accepted.extensions, [{ id: 2, uri: "urn:3gpp:video-orientation" }]);
    assert.deepEqual(accepted.codecs[0]?.feedback, ["nack pli"]);
    assert.deepEqual(Object.keys(propertiesOf([{ section, accepted }])), ["video"]);
  });

  const h264 = (profile: string, mode = 1) =>
    `H264 level-asymmetry-allowed=1;packetization-mode=${mode};profile-level-id=${profile}`;
  const browsers: Record<string, { offered: [payload: number, codec: string][]; taken: string[] }> = {
    "Safari 14": {
      offered: [
        [96, h264("640c1f")],
        [98, h264("42e01f")],
        [100, "VP8"],
        [127, "red"],
      ],
      taken: ["98 h264", "100 vp8"],
    },
    "Safari 18": {
      offered: [
        [96, h264("640c1f")],
        [98, h264("42e01f")],
        [100, h264("640c1f", 0)],
        [102, h264("42e01f", 0)],
        [104, "H265 level-id=93;tx-mode=SRST"],
        [106, "VP8"],
        [108, "VP9 profile-id=0"],
        [110, "VP9 profile-id=2"],
        [45, "AV1 level-idx=5;profile=0;tier=0"],
      ],
      taken: ["98 h264", "106 vp8", "108 vp9", "45 av1"],
    },
    "an iPhone's own client": {
      offered: [
        [96, h264("640c2a")],
        [98, h264("42e02a")],
        [100, "VP8"],
      ],
      taken: ["98 h264", "100 vp8"],
    },
    "Chromium 150": {
      offered: [
        [96, "VP8"],
        [102, h264("42001f")],
        [104, h264("42001f", 0)],
        [108, h264("42e01f")],
        [114, h264("42e01f", 0)],
        [116, h264("4d001f")],
        [41, h264("f4001f")],
        [98, "VP9 profile-id=0"],
      ],
      taken: ["96 vp8", "108 h264", "98 vp9"],
    },
    "Firefox 130": {
      offered: [
        [120, "VP8 max-fs=12288;max-fr=60"],
        [121, "VP9 max-fs=12288;max-fr=60"],
        [126, "H264 profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1"],
        [97, "H264 profile-level-id=42e01f;level-asymmetry-allowed=1"],
        [105, "H264 profile-level-id=42001f;level-asymmetry-allowed=1;packetization-mode=1"],
      ],
      taken: ["120 vp8", "121 vp9", "126 h264"],
    },
    "who has only higher profiles, or one packet for each unit": {
      offered: [
        [96, h264("640c1f")],
        [98, h264("4d001f")],
        [100, h264("42e01f", 0)],
        [102, h264("nonsense")],
        [104, "H264"],
        [106, "VP8"],
      ],
      taken: ["106 vp8"],
    },
    "who has baseline without its constraints, or says nothing of it": {
      offered: [
        [96, h264("42001F")],
        [98, "H264 packetization-mode=1"],
      ],
      taken: ["96 h264"],
    },
  };
  for (const [who, { offered, taken }] of Object.entries(browsers))
    it(`of ${who}: H.264 is taken in its baseline profile, each codec once, in the order of the offer`, () => {
      const lines = offered.flatMap(([payload, codec]) => {
        const [name, fmtp] = codec.split(" ");
        return [`a=rtpmap:${payload} ${name}/90000`, ...(fmtp === undefined ? [] : [`a=fmtp:${payload} ${fmtp}`])];
      });
      const media = `m=video 9 UDP/TLS/RTP/SAVPF ${offered.map(([payload]) => payload).join(" ")}`;
      const [section] = parseOffer(sdp([media, ...transport, "a=mid:0", "a=recvonly", ...lines])).sections;
      assert.ok(section);
      const accepted = accept(section, "all");
      assert.deepEqual(
        accepted.codecs.map(({ payload, name }) => `${payload} ${name}`),
        taken,
      );
      // What is taken is taken as it was offered (RFC 6184, 8.2.2), and nothing else is.
      const answer = writeDescription(local, [{ section, accepted, role: "inactive" }], 1);
      for (const [payload, codec] of offered) {
        const fmtp = codec.split(" ")[1];
        const line = fmtp === undefined ? `a=rtpmap:${payload} ` : `a=fmtp:${payload} ${fmtp}\r\n`;
        assert.equal(
          answer.includes(line),
          taken.some((one) => one.startsWith(`${payload} `)),
          line,
        );
      }
    });

  it("is taken with VP8 alone where only that is carried, and with all its sound", () => {
    const [section] = parseOffer(sdp(video)).sections;
    assert.ok(section);
    assert.deepEqual(
      accept(section, "vp8").codecs.map(({ name }) => name),
      ["vp8"],
    );
    assert.deepEqual(accept(section, "vp8").extensions, accept(section, "all").extensions);
    for (const kind of ["audio", "video"] as const)
      assert.deepEqual(
        offeredOf(kind, "vp8").codecs.map(({ name }) => name),
        kind === "audio" ? ["opus", "red"] : ["vp8"],
      );
  });

  it("has mids, but for sections that an answer refuses: they are those of the offer, by their place", () => {
    const refused = ["m=video 0 UDP/TLS/RTP/SAVPF 0", "c=IN IP4 0.0.0.0"];
    assert.deepEqual(
      parseAnswer(sdp(application, refused, refused), ["0", "7", "8"]).sections.map(({ mid }) => mid),
      ["0", "7", "8"],
    );
    const unnamed = video.filter((line) => !line.startsWith("a=mid"));
    assert.throws(() => parseAnswer(sdp(application, unnamed), ["0", "7"]), /no mid/);
    assert.throws(() => parseAnswer(sdp(application, refused), []), /no mid/);
    assert.throws(() => parseOffer(sdp(application, refused)), /no mid/);
  });

  it("that is none is refused with a sentence", () => {
    for (const text of ["", "hello", sdp(), sdp([...video, "a line"]), sdp(video, video)])
      assert.throws(() => parseOffer(text), NotAnOffer);
    for (const weak of [`sha-1 ${Array(20).fill("AB").join(":")}`, `sha-256 ${Array(31).fill("AB").join(":")}`])
      assert.throws(
        () => parseOffer(sdp(video).replaceAll(/fingerprint:.*/g, `fingerprint:${weak}`)),
        /no DTLS fingerprint/,
      );
    for (const missing of ["ice-ufrag", "ice-pwd", "fingerprint", "mid"])
      assert.throws(() => parseOffer(sdp(video.filter((line) => !line.includes(missing)))), NotAnOffer, missing);
  });

  it("that would take seconds to read is refused in a moment", () => {
    const rtpmaps = Array(20_000).fill("a=rtpmap:96 VP8/90000");
    const hostile = [
      video
        .with(0, `m=video 9 UDP/TLS/RTP/SAVPF${" 96".repeat(60_000)}`)
        .concat(Array(20_000).fill("a=rtcp-fb:96 nack")),
      [...video, ...rtpmaps],
      [...video, ...Array(9_000).fill("a=rid:a send"), `a=simulcast:send ${"a;".repeat(100_000)}`],
      [...video, ...Array.from({ length: 900 }, (_, ssrc) => `a=ssrc:${ssrc} cname:x`)],
      [...video, ...Array.from({ length: 33 }, (_, what) => `a=rtcp-fb:* ${what}`)],
    ];
    for (const section of hostile) {
      const text = sdp(section);
      assert.ok(text.length < 1024 * 1024);
      const began = process.cpuUsage();
      assert.throws(() => accept(parseOffer(text).sections[0]!, "all") && assert.fail(), NotAnOffer);
      assert.ok(process.cpuUsage(began).user < 500_000);
    }
  });
});

describe("what an offer says of its formats", () => {
  it("is read once for each, however often it names them", () => {
    const formats = "96 97 ".repeat(60).trim();
    const lines = video.with(0, `m=video 9 UDP/TLS/RTP/SAVPF ${formats}`).concat("a=rtcp-fb:* nack");
    const codecs = parseOffer(sdp(lines)).sections[0]?.codecs.map(({ payload, feedback }) => [payload, feedback]);
    assert.deepEqual(codecs, [
      [96, ["goog-remb", "nack pli", "nack"]],
      [97, ["nack"]],
    ]);
  });
});

describe("an answer", () => {
  it("refuses data channels with port 0, out of BUNDLE, and carries the candidates once", () => {
    const [data, camera] = parseOffer(sdp(application, video)).sections;
    assert.ok(data && camera);
    const text = writeDescription(
      local,
      [
        { section: data, accepted: accept(data, "all"), role: "refused" },
        { section: camera, accepted: accept(camera, "all"), role: "receiving", dtx: false },
      ],
      1,
    );
    assert.match(text, /a=group:BUNDLE 1\r\n/);
    assert.match(text, /m=application 0 /);
    assert.equal(text.match(/a=candidate:/g)?.length, 2);
    assert.match(text, /a=recvonly/);
    assert.match(text, /a=simulcast:recv q;h\r\n/);
    assert.doesNotMatch(text, /H265|goog-remb/);
  });

  it("names no payload type without its codec where a section is refused: Pion refuses it all otherwise", () => {
    const [camera] = parseOffer(sdp(video)).sections;
    assert.ok(camera);
    const refused = (accepted: Accepted) =>
      writeDescription(local, [{ section: camera, accepted, role: "refused" }], 1);
    const ended = refused(offeredOf("video", "all"));
    const named = /m=video 0 UDP\/TLS\/RTP\/SAVPF ([\d ]+)\r\n/.exec(ended)?.[1]?.split(" ") ?? [];
    assert.ok(named.length > 6);
    for (const payload of named) assert.match(ended, new RegExp(`a=rtpmap:${payload} `));
    assert.match(refused({ codecs: [], extensions: [] }), /m=video 0 UDP\/TLS\/RTP\/SAVPF 0\r\n/);
  });

  it("names stream, track and sources of what is sent", () => {
    const [camera] = parseOffer(sdp(video)).sections;
    assert.ok(camera);
    const sending = { stream: "PA_1|camera", track: "TR_1", ssrcs: { media: 11, rtx: 12 } };
    const text = writeDescription(
      local,
      [{ section: camera, accepted: accept(camera, "all"), role: "sending", sending }],
      1,
    );
    assert.match(text, /a=msid:PA_1\|camera TR_1\r\n/);
    assert.match(text, /a=ssrc-group:FID 11 12\r\n/);
    assert.doesNotMatch(text, /a=simulcast/);
  });
});
