// One participant in a page, by stock livekit-client: publishes camera and microphone, or measures what it receives.
/* global LivekitClient */

/** UDP port of the server -> port of the relay. Filled before the first connection. */
let relayed = null;

/** A candidate of the server, as if it were the relay's; those by which packets could go round it are left out. */
function reroute(candidate) {
  const parts = candidate.split(" ");
  if (parts[2]?.toLowerCase() !== "udp" || Number(parts[5]) !== relayed.from) return null;
  return [...parts.slice(0, 4), "127.0.0.1", String(relayed.to), ...parts.slice(6)].join(" ");
}
const rerouteLines = (sdp) =>
  sdp
    .split("\r\n")
    .flatMap((line) => {
      if (!line.startsWith("a=candidate:")) return [line];
      const changed = reroute(line);
      return changed === null ? [] : [changed];
    })
    .join("\r\n");
const withoutCandidates = (sdp) => sdp.replaceAll(/^a=candidate:.*\r\n/gm, "");

const { prototype } = RTCPeerConnection;
const { setRemoteDescription, addIceCandidate, createOffer, createAnswer } = prototype;
prototype.setRemoteDescription = function (description) {
  return setRemoteDescription.call(this, { type: description.type, sdp: rerouteLines(description.sdp) });
};
prototype.addIceCandidate = function (candidate) {
  const changed = candidate?.candidate ? reroute(candidate.candidate) : null;
  if (changed === null) return Promise.resolve();
  return addIceCandidate.call(this, { ...candidate, candidate: changed });
};
// The server is not told where this browser is, so that it finds no way round the relay either.
Object.defineProperty(prototype, "onicecandidate", { set() {}, get: () => null });
for (const [name, create] of Object.entries({ createOffer, createAnswer }))
  prototype[name] = async function (options) {
    const made = await create.call(this, options);
    return { type: made.type, sdp: withoutCandidates(made.sdp) };
  };

const now = () => performance.timeOrigin + performance.now();
let room = null;
/** ms of the wall clock at which frames were shown. */
let shownAt = [];
const states = [];

function attach(track) {
  const element = track.attach();
  element.muted = true;
  document.body.append(element);
  if (track.kind !== "video") return;
  const shown = () => {
    shownAt.push(now());
    element.requestVideoFrameCallback(shown);
  };
  element.requestVideoFrameCallback(shown);
}

async function statistics() {
  const { publisher, subscriber } = room.engine.pcManager;
  const reports = await Promise.all([publisher, subscriber].flatMap((side) => (side ? [side._pc.getStats()] : [])));
  return reports.flatMap((report) => [...report.values()]);
}

window.kit = {
  async join(url, token, from, to) {
    relayed = { from, to };
    room = new LivekitClient.Room({ adaptiveStream: false, dynacast: false });
    room.on("trackSubscribed", attach);
    room.on("trackStreamStateChanged", (_, state) => states.push(state));
    await room.connect(url, token);
  },
  async publish() {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { width: 640, height: 360, frameRate: 20 },
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    await room.localParticipant.publishTrack(stream.getVideoTracks()[0], {
      source: "camera",
      videoEncoding: { maxBitrate: 800_000, maxFramerate: 20 },
    });
    // Silence is sent, too: what is concealed is what was lost.
    await room.localParticipant.publishTrack(stream.getAudioTracks()[0], { source: "microphone", dtx: false });
  },
  /** What was received so far. */
  async received() {
    const all = await statistics();
    const of = (kind) => all.find((entry) => entry.type === "inbound-rtp" && entry.kind === kind);
    const audio = of("audio");
    const video = of("video");
    const pair = all.find((entry) => entry.type === "candidate-pair" && entry.nominated && entry.bytesReceived > 0);
    const remote = all.find((entry) => entry.id === pair?.remoteCandidateId);
    return {
      at: now(),
      port: remote?.port ?? null,
      samples: audio?.totalSamplesReceived ?? 0,
      concealed: audio?.concealedSamples ?? 0,
      frozen: video?.totalFreezesDuration ?? 0,
      frames: video?.framesDecoded ?? 0,
      height: video?.frameHeight ?? 0,
      detail: {
        audioLost: audio?.packetsLost,
        audioNacks: audio?.nackCount,
        audioRed: audio?.fecPacketsReceived,
        videoLost: video?.packetsLost,
        nacks: video?.nackCount,
        plis: video?.pliCount,
        rtx: video?.retransmittedPacketsReceived,
        keyFrames: video?.keyFramesDecoded,
        bytes: video?.bytesReceived,
        packets: video?.packetsReceived,
        freezes: video?.freezeCount,
        framesReceived: video?.framesReceived,
        framesDropped: video?.framesDropped,
        jitterDelay: video?.jitterBufferDelay,
        jitterEmitted: video?.jitterBufferEmittedCount,
      },
    };
  },
  /** What was sent so far, of all encodings of the picture. */
  async sent() {
    const encodings = (await statistics()).filter((entry) => entry.type === "outbound-rtp" && entry.kind === "video");
    const sum = (name) => encodings.reduce((total, encoding) => total + (encoding[name] ?? 0), 0);
    return {
      frames: sum("framesEncoded"),
      keyFrames: sum("keyFramesEncoded"),
      nacks: sum("nackCount"),
      plis: sum("pliCount"),
      packets: sum("packetsSent"),
      rtx: sum("retransmittedPacketsSent"),
      bytes: sum("bytesSent"),
      height: Math.max(0, ...encodings.map(({ frameHeight }) => frameHeight ?? 0)),
    };
  },
  states: () => states,
  /** ms of the wall clock of each frame shown since the last call. */
  shown() {
    const since = shownAt;
    shownAt = [];
    return since;
  },
};
