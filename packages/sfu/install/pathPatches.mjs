import { readFileSync } from "node:fs";
import { join } from "node:path";

const transport = "medooze-media-server-src/src/DTLSICETransport.cpp";
const transportHeader = "medooze-media-server-src/include/DTLSICETransport.h";
const estimation = "medooze-media-server-src/src/SendSideBandwidthEstimation.cpp";
const estimationHeader = "medooze-media-server-src/include/SendSideBandwidthEstimation.h";
const incoming = "medooze-media-server-src/src/rtp/RTPIncomingSourceGroup.cpp";
const incomingHeader = "medooze-media-server-src/include/rtp/RTPIncomingSourceGroup.h";
const lost = "medooze-media-server-src/src/rtp/RTPLostPackets.cpp";
const lostHeader = "medooze-media-server-src/include/rtp/RTPLostPackets.h";
const transponder = "medooze-media-server-src/src/rtp/RTPStreamTransponder.cpp";
const outgoing = "medooze-media-server-src/src/rtp/RTPOutgoingSourceGroup.cpp";

const estimate = readFileSync(join(import.meta.dirname, "PathEstimate.h"), "utf8");

/** These files end their lines as Windows does. */
const windows = new Set([transport, transponder]);

const all = [
  {
    file: estimationHeader,
    find: "class SendSideBandwidthEstimation\n{\n",
    replace: `${estimate}\nclass SendSideBandwidthEstimation\n{\n`,
    times: 1,
    why: "Its own estimate takes every jitter of 10 ms for a full queue and then falls to what is being sent.",
  },
  {
    file: estimationHeader,
    find: "\tvoid EstimateBandwidthRate(uint64_t when);\n",
    replace: `	void EstimateBandwidthRate(uint64_t when);
	void EstimateByRoundTripTime(uint64_t when);
public:
	/** What may be sent where the path is full; 0: it is not. */
	uint32_t GetFullPath(uint64_t now) const { return pathEstimate.IsFull(now) ? pathEstimate.GetTarget() : 0; }
	uint32_t GetSentBitrate(uint64_t when) { totalSentAcumulator.Update(when); return totalSentAcumulator.GetInstantAvg() * 8; }
private:
	PathEstimate pathEstimate;
	uint32_t lastTold = 0;
`,
    times: 1,
    why: "Belongs to the one above it.",
  },
  {
    file: estimation,
    find: "\t\t\t//Check if it was not lost\n\t\t\tif (receivedTime)\n",
    replace: `			pathEstimate.Packet(transportSeqNum, sentTime, receivedTime, stat->size, stat->probing);

			//Check if it was not lost
			if (receivedTime)
`,
    times: 1,
    why: "Belongs to the one above it.",
  },
  {
    file: estimation,
    find: "void SendSideBandwidthEstimation::EstimateBandwidthRate(uint64_t when)\n{",
    replace: `void SendSideBandwidthEstimation::EstimateBandwidthRate(uint64_t when)
{
	pathEstimate.Update(when, rtt ? rtt : UpdateMinRTT(when));
	if (!pathEstimate.GetTarget())
		return;
	mediaSentAcumulator.Update(when);
	rtxSentAcumulator.Update(when);
	totalSentAcumulator.Update(when);
	const uint64_t media = mediaSentAcumulator.GetInstantAvg();
	const uint64_t rtx = rtxSentAcumulator.GetInstantAvg();
	targetBitrate = pathEstimate.GetTarget();
	bandwidthEstimation = pathEstimate.GetAcked();
	// What is sent again takes room, too; a storm of it passes and is not to take all.
	availableRate = media ? std::max<uint64_t>(targetBitrate * media / (media + rtx), targetBitrate * 0.85) : targetBitrate;
	// A fall is told at once, a rise four times a second, and otherwise once a second that nothing changed.
	const bool fell = targetBitrate < lastTold * 0.95;
	const bool rose = targetBitrate > lastTold * 1.03;
	if (!listener || !(fell || when > lastChange + (rose ? kReportInterval : 1000000)))
		return;
	lastChange = when;
	lastTold = targetBitrate;
	listener->onTargetBitrateRequested(availableRate, bandwidthEstimation, totalSentAcumulator.GetInstantAvg() * 8);
}

[[maybe_unused]] void SendSideBandwidthEstimation::EstimateByRoundTripTime(uint64_t when)
{`,
    times: 1,
    why: "Belongs to the one above it.",
  },
  {
    file: transport,
    find: "\tif ((group->type == MediaFrame::Video || recvMaps.apt.GetTypeForCodec(packet->GetPayloadType()!=RTPMap::NotFound)) &&\n\t\t( lost>0 ||  (group->GetCurrentLost() && (now-source->lastNACKed)/1000>std::max(rtt,20u)))\n\t   )\n\t{\n",
    replace: `	const auto missing = lost>0 || (group->GetCurrentLost() && (now-source->lastNACKed)/1000>std::max(rtt,20u))
		? group->GetNacks()
		: std::list<RTCPRTPFeedback::NACKField::shared>();
	if (lost > RTPIncomingSourceGroup::MaxRecoverable && group->type == MediaFrame::Video)
		SendPLI(group->media.ssrc);
	if (!missing.empty())
	{
`,
    times: 1,
    why: "A misplaced bracket kept sound from ever being asked for again. After an outage a key frame helps, what was lost does not.",
  },
  {
    file: transport,
    find: "\t\tfor (auto field : group->GetNacks())\n",
    replace: "\t\tfor (auto field : missing)\n",
    times: 1,
    why: "Belongs to the one above it.",
  },
  {
    file: incomingHeader,
    find: "\tstd::list<RTCPRTPFeedback::NACKField::shared>  GetNacks() { return losts.GetNacks(); }\n",
    replace: `	/** Packets; more than these at once are an outage. */
	static constexpr int MaxRecoverable = 64;
	std::list<RTCPRTPFeedback::NACKField::shared>  GetNacks() { return losts.GetNacks(type == MediaFrame::Audio ? 25 : 256); }
`,
    times: 1,
    why: "What never came was asked for until 1024 packets later: sound for 20 s.",
  },
  {
    file: lostHeader,
    find: "GetNacks() const;",
    replace: "GetNacks(WORD newest) const;",
    times: 1,
    why: "Belongs to the one above it.",
  },
  {
    file: lost,
    find: "RTPLostPackets::GetNacks() const\n",
    replace: "RTPLostPackets::GetNacks(WORD newest) const\n",
    times: 1,
    why: "Belongs to the one above it.",
  },
  {
    file: lost,
    find: "\t//Iterate packets\n\tfor(WORD i=0;i<len;i++)\n\t{\n\t\t//Are we in a lost count?\n",
    replace:
      "\t//Iterate packets\n\tfor(WORD i=len>newest?len-newest:0;i<len;i++)\n\t{\n\t\t//Are we in a lost count?\n",
    times: 1,
    why: "Belongs to the one above it.",
  },
  {
    file: incoming,
    find: "\t//If doing remb\n\tif (remb)\n\t{\n\t\t//Add estimation\n\t\tremoteRateEstimator.Update(",
    replace: `	//After an outage nothing is waited for
	if (lost > MaxRecoverable && type == MediaFrame::Video)
	{
		losts.Reset();
		losts.AddPacket(packet);
		packets.HurryUp();
	}

	//If doing remb
	if (remb)
	{
		//Add estimation
		remoteRateEstimator.Update(`,
    times: 1,
    why: "The first key frame after an outage waited 600 ms behind packets that were never to come.",
  },
  {
    file: incoming,
    find: "\tif (!packets.Add(packet))\n\t\t//Rejected packet\n\t\treturn -1;\n",
    replace: "\tif (type != MediaFrame::Audio && !packets.Add(packet))\n\t\t//Rejected packet\n\t\treturn -1;\n",
    times: 1,
    why: "Sound that came in another order than it was sent was dropped. Each receiver has a buffer that knows its own clock.",
  },
  {
    file: incoming,
    find: "\t//Get next time for dispatcht\n\tuint64_t next = packets.GetWaitTime(now);\n",
    replace: `	//Sound goes on as it comes; copies were refused by SRTP
	if (type == MediaFrame::Audio)
	{
		if (packet->GetMediaLength() && !muted)
			for (auto listener : listeners)
				listener->onRTP(this, packet);
		this->lost = losts.GetTotal();
		lastUpdated = now;
		return lost;
	}

	//Get next time for dispatcht
	uint64_t next = packets.GetWaitTime(now);
`,
    times: 1,
    why: "Belongs to the one above it.",
  },
  {
    file: transponder,
    find: "\tlastExtSeqNum = extSeqNum;\n\tlastTimestamp = timestamp;\n",
    replace:
      "\tlastExtSeqNum = std::max<DWORD>(lastExtSeqNum, extSeqNum);\n\tlastTimestamp = std::max<uint64_t>(lastTimestamp, timestamp);\n",
    times: 1,
    why: "The next source begins after the last number: after the highest, or AES-GCM would see a number twice.",
  },
  {
    file: transport,
    find: "constexpr auto RtxRttThresholdMs \t\t= 300;",
    replace: "constexpr auto RtxRttThresholdMs \t\t= 1000;",
    times: 1,
    why: "A path with much jitter has such round trips and still gains by what is sent again.",
  },
  {
    file: transport,
    find: "\t//Check if we can retransmit the packet, or we have rtx recently\n",
    replace: `	//No more again than anew, lest a few bytes of requests cost us much, but after an outage at once what went into it;
	//and little on a full path, where it only fills the queue
	const uint64_t path = senderSideEstimationEnabled ? senderSideBandwidthEstimator->GetFullPath(now) : 0;
	const uint64_t again = rtxBitrate.GetInstantAvg()*8;
	const uint64_t sent = outgoingBitrate.GetInstantAvg()*8;
	const double anew = std::max(1E6, sent > again ? double(sent - again) : 0.0);
	rtxCredit = std::min(rtxCredit + (now - rtxCreditAt) / 1E6 * anew, anew * 2.6);
	rtxCreditAt = now;
	if (rtxCredit <= 0 || (path && sent > path && again > path * 0.25))
		return (void)UltraDebug("-DTLSICETransport::ReSendPacket() | Too much is sent again\\n");

	//Check if we can retransmit the packet, or we have rtx recently
`,
    times: 1,
    why: "A receiver could have the same packets sent again and again, thousands for one of its own. On a narrow path what was sent again filled the queue.",
  },
  {
    file: transportHeader,
    find: "\tAcumulator<uint32_t, uint64_t> rtxBitrate;",
    replace:
      "\tAcumulator<uint32_t, uint64_t> rtxBitrate;\n\t//What may be sent again now, bits, and when that was reckoned, us\n\tdouble rtxCredit = 0;\n\tuint64_t rtxCreditAt = 0;",
    times: 1,
    why: "Belongs to the one above it.",
  },
  {
    file: transport,
    find: "\trtxBitrate.Update(now/1000,len);",
    replace: "\trtxBitrate.Update(now/1000,len);\n\trtxCredit -= len * 8;",
    times: 1,
    why: "Belongs to the one above it.",
  },
  {
    file: transport,
    find: "\t//Create resend packet\n\tauto packet = original->Clone();\n\t\n\t//Try",
    replace: `	//Nobody waits for it any more
	if (original->GetTime() + 2600 < now/1000)
		return (void)UltraDebug("-DTLSICETransport::ReSendPacket() | Too old\\n");

	//Create resend packet
	auto packet = original->Clone();
	
	//Try`,
    times: 1,
    why: "After a time without a path receivers ask for all that they missed.",
  },
  {
    file: transport,
    find: "\t\tDWORD bitrate\t\t= static_cast<DWORD>(outgoingBitrate.GetInstantAvg()*8);\n\t\tDWORD probing\t\t=",
    replace: "\t\tDWORD bitrate\t\t= senderSideBandwidthEstimator->GetSentBitrate(getTime());\n\t\tDWORD probing\t\t=",
    times: 1,
    why: "The estimate is of video alone: where sound was as much as that, no padding was ever sent.",
  },
  {
    file: outgoing,
    find: "\treturn time.value() + media.rtt/2 < now;\n",
    replace: "\treturn time.value() + std::max<QWORD>(media.rtt/2, 10) < now;\n",
    times: 1,
    why: "As above, where the round trip is not known yet.",
  },
  {
    file: transport,
    find: "\t\tpacket->SetPadding(0);\n\t}\n\t\n\t//Add transport wide cc on video\n\tif (group->type == MediaFrame::Video && sendMaps.ext.GetTypeForCodec(RTPHeaderExtension::TransportWideCC)!=RTPMap::NotFound)\n\t\t//Set transport wide seq num\n\t\tpacket->SetTransportSeqNum(++transportSeqNum);\n\telse\n\t\t//Disable transport wide cc\n\t\tpacket->DisableTransportSeqNum();\n\t\n\t//If we are using abs send time for sending\n\tif (sendMaps.ext.GetTypeForCodec(RTPHeaderExtension::AbsoluteSendTime)!=RTPMap::NotFound)\n\t\t//Set abs send time\n\t\tpacket->SetAbsSentTime(now/1000);\n\telse\n\t\t//Disable it\n\t\tpacket->DisableAbsSentTime();\n\t\n\t//Disable rid & repair id\n",
    replace:
      "\t\tpacket->SetPadding(0);\n\t}\n\t\n\t//Without a source of its own it goes out under the same number, so it must be the same to the last bit: AES-GCM\n\t//gives its key away to whoever sees two messages under one number (RFC 7714, section 9.1)\n\tif (rtx)\n\t{\n\t\tif (group->type == MediaFrame::Video && sendMaps.ext.GetTypeForCodec(RTPHeaderExtension::TransportWideCC)!=RTPMap::NotFound)\n\t\t\tpacket->SetTransportSeqNum(++transportSeqNum);\n\t\telse\n\t\t\tpacket->DisableTransportSeqNum();\n\n\t\tif (sendMaps.ext.GetTypeForCodec(RTPHeaderExtension::AbsoluteSendTime)!=RTPMap::NotFound)\n\t\t\tpacket->SetAbsSentTime(now/1000);\n\t\telse\n\t\t\tpacket->DisableAbsSentTime();\n\t}\n\n\t//Disable rid & repair id\n",
    times: 1,
    why: "What is sent again without RTX differed from the first sending in its header extensions.",
  },
];

/** How Medooze copes with bad paths: the estimate of what they carry, lost packets, reordering. */
export const pathPatches = all.map((patch) =>
  windows.has(patch.file)
    ? { ...patch, find: patch.find.replaceAll("\n", "\r\n"), replace: patch.replace.replaceAll("\n", "\r\n") }
    : patch,
);
