/**
 * Where Medooze believes what it is sent: found by `npm run fuzz` against a build with AddressSanitizer
 * (`CXXFLAGS="-g1 -fsanitize=address"`). Shape as in patches.mjs.
 */
export const hardeningPatches = [
  {
    file: "medooze-media-server-src/src/stunmessage.cpp",
    find: "\t\t\tcase Attribute::MessageIntegrity:\n\t\t\t\thasMessageIntegrity = true;\n\t\t\t\tbreak;\n\t\t\tcase Attribute::FingerPrint:\n",
    replace:
      "\t\t\tcase Attribute::Priority:\n\t\t\t\tif (attrLen != 4) { delete msg; return NULL; }\n\t\t\t\tbreak;\n" +
      "\t\t\tcase Attribute::MessageIntegrity:\n\t\t\t\tif (attrLen != 20) { delete msg; return NULL; }\n" +
      "\t\t\t\thasMessageIntegrity = true;\n\t\t\t\tbreak;\n" +
      "\t\t\tcase Attribute::FingerPrint:\n\t\t\t\tif (attrLen != 4) { delete msg; return NULL; }\n",
    times: 1,
    why: "Attributes that are shorter than what is in them were read beyond their end, before anybody has proved who they are.",
  },
  {
    file: "medooze-media-server-src/src/EventLoop.cpp",
    find: 'const std::function<void(std::chrono::milliseconds)>& callback)\n{\n\t//UltraDebug(">EventLoop::Async()\\n");\n\n\t//If not in the same thread\n\tif (std::this_thread::get_id() != thread.get_id())',
    replace:
      'const std::function<void(std::chrono::milliseconds)>& callback)\n{\n\t//UltraDebug(">EventLoop::Async()\\n");\n\n\t//If not in the same thread\n\tif ((running || thread.joinable()) && std::this_thread::get_id() != thread.get_id())',
    times: 1,
    why: "What was asked of a media thread that has ended was waited for without end: the process hung when what was left was collected.",
  },
  {
    file: "medooze-media-server-src/src/DTLSICETransport.cpp",
    find: "\t\tdtls->Write(data,size);",
    replace:
      "\t\t//Answer to where it comes from: a client of several networks has not chosen among them yet at its first checks\n" +
      "\t\tif (candidate!=active && state!=DTLSState::Connected)\n" +
      "\t\t\tactive = const_cast<ICERemoteCandidate*>(candidate);\n" +
      "\t\tdtls->Write(data,size);",
    times: 1,
    why: "The answer to a hello went to the address of the first check. Where that leads nowhere, it took a second until it was said again.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTCPCompoundPacket.cpp",
    find: "\t\t//Create new packet\r\n",
    replace: `		//Nobody acts on others, and each is read to here without a look at its length
		DWORD atLeast = 0;
		switch (header.packetType)
		{
			case RTCPPacket::SenderReport:
				atLeast = 28 + 24 * header.count;
				break;
			case RTCPPacket::ReceiverReport:
				atLeast = 8 + 24 * header.count;
				break;
			case RTCPPacket::Bye:
				atLeast = 4 + 4 * header.count;
				break;
			case RTCPPacket::RTPFeedback:
				if (header.count==RTCPRTPFeedback::NACK || header.count==RTCPRTPFeedback::TransportWideFeedbackMessage)
					atLeast = 12;
				break;
			case RTCPPacket::PayloadFeedback:
				if (header.count==RTCPPayloadFeedback::PictureLossIndication || header.count==RTCPPayloadFeedback::FullIntraRequest || header.count==RTCPPayloadFeedback::ApplicationLayerFeeedbackMessage)
					atLeast = 12;
				break;
		}
		if (!atLeast || header.length<atLeast)
		{
			bufferLen -= header.length;
			buffer    += header.length;
			continue;
		}

		//Create new packet
`,
    times: 1,
    why: "A member ended the process: an APP packet of 4 or 8 bytes was copied with a length below zero. Others are read beyond their end; most are of no use here.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTCPBye.cpp",
    find: "\tif (packetSize>len)\r\n",
    replace: "\tif (packetSize>len && packetSize-len-1>=data[len])\r\n",
    times: 1,
    why: "The reason for a goodbye was copied in the length that it states, beyond the end of the packet.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTCPRTPFeedback.cpp",
    find: "\t\tfields.push_back(field);\r\n",
    replace:
      "\t\tfields.push_back(field);\n\t\t//There is one of these in a packet\n\t\tif (feedbackType==TransportWideFeedbackMessage) break;\n",
    times: 1,
    why: "Fifty messages of 65,535 packets each fit into one datagram: half a second of the media thread, for everybody in it.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTCPRTPFeedback.cpp",
    find: "\t//Rseserve initial space\r\n",
    replace:
      "\t//More than two seconds of the busiest path\n\tif (packetStatusCount>8192) return 0;\n\t//Rseserve initial space\n",
    times: 1,
    why: "As above: 30 bytes tell of 65,535 packets.",
  },
  {
    file: "medooze-media-server-src/src/DTLSICETransport.cpp",
    find: "\t\tif (lastFeedbackPacketExtSeqNum && transportExtSeqNum>lastFeedbackPacketExtSeqNum)\r\n",
    replace: `		//Over a jump of what no path loses, it begins anew
		if (lastFeedbackPacketExtSeqNum && transportExtSeqNum>lastFeedbackPacketExtSeqNum && field->packets.size()+(transportExtSeqNum-lastFeedbackPacketExtSeqNum)>4096)
			field->packets.clear();
		else if (lastFeedbackPacketExtSeqNum && transportExtSeqNum>lastFeedbackPacketExtSeqNum)
`,
    times: 1,
    why: "Each packet may name any transport-wide number, and all between were told as missing: a hundred such cost the media thread seconds.",
  },
  {
    file: "medooze-media-server-src/src/DTLSICETransport.cpp",
    find: `				Log("-DTLSICETransport::onData() | Got unsignaled rtp stream [ssrc:%u,mid:'%s',rid:'%s']\\n", ssrc, mid.c_str(), rid.c_str());`,
    replace:
      "\t\t\t\t//Nobody has agreed to these\n" +
      `				return Warning("-DTLSICETransport::onData() | Unsignaled rtp stream [ssrc:%u]\\n", ssrc);`,
    times: 1,
    why: "Whoever names a new rid in each packet had a track made for each, here and in JavaScript, without end.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTPIncomingMediaStreamDepacketizer.cpp",
    find: `	Debug("-RTPIncomingMediaStreamDepacketizer::~RTPIncomingMediaStreamDepacketizer() [this:%p,incomingSource:%p]\\n", this, incomingSource.get());`,
    replace: "\tif (auto source = incomingSource) source->RemoveListener(this);",
    times: 1,
    why: "One that JavaScript let go without stopping it was told of its source's end afterwards: a call into freed memory.",
  },
];
