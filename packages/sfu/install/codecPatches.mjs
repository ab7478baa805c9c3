/** What of `patches.mjs` is about codecs: layers of VP9 and AV1, redundant audio, audio levels. */
export const codecPatches = [
  {
    file: "medooze-media-server-src/include/bitstream/BitReader.h",
    find: "\t\tassert(n <= cached);\n",
    replace: '\t\tif (n > cached) throw std::range_error("no more bits to read from");\n',
    times: 2,
    why: "A packet that ends within a field would end the process, or be read on beyond its end. All who call catch this.",
  },
  {
    file: "medooze-media-server-src/src/rtp/DependencyDescriptor.cpp",
    find: "while (dd->customDecodeTargetIndications->size() < customDtis)",
    replace: "while (dd->customDecodeTargetIndications->size() < dtsCount)",
    times: 1,
    why: "`customDtis` is a flag: one indication was read of all there are, and others were read from beyond it.",
  },
  {
    file: "medooze-media-server-src/src/rtp/DependencyDescriptor.cpp",
    find: '\t\tUltraDebug("-DependencyDescriptor::Parse() parse error:%s", e.what());\n',
    replace:
      "\t\tdd->customDecodeTargetIndications.reset();\n\t\tdd->customFrameDiffs.reset();\n\t\tdd->customFrameDiffsChains.reset();\n",
    times: 1,
    why: "Lists that were cut short by the packet's end were used as if they were whole, and read beyond their end.",
  },
  {
    file: "medooze-media-server-src/src/DependencyDescriptorLayerSelector.cpp",
    find: "decodeTargetProtectedByChain.size()<decodeTarget",
    replace: "decodeTargetProtectedByChain.size()<=decodeTarget",
    times: 1,
    why: "Off by one: read beyond the end.",
  },
  {
    file: "medooze-media-server-src/src/DependencyDescriptorLayerSelector.cpp",
    find: "frameDiffsChains.size()<chain)",
    replace: "frameDiffsChains.size()<=chain)",
    times: 1,
    why: "Off by one: read beyond the end.",
  },
  {
    file: "medooze-media-server-src/src/DependencyDescriptorLayerSelector.cpp",
    find: "decodeTargetIndications.size()<currentDecodeTarget",
    replace: "decodeTargetIndications.size()<=currentDecodeTarget",
    times: 1,
    why: "Off by one: read beyond the end.",
  },
  {
    file: "medooze-media-server-src/src/DependencyDescriptorLayerSelector.cpp",
    find: "if (currentFrameNumber==std::numeric_limits<uint32_t>::max())",
    replace: "if (currentFrameNumber==NoFrame)",
    times: 1,
    why: "The number is 64 bits wide: the first frame was never known as such, and no frame without its beginning was held back.",
  },
  {
    file: "medooze-media-server-src/src/av1/AV1LayerSelector.cpp",
    find: "\tif (packet->GetWidth() != 0 && packet->GetHeight() != 0) return infos;\n",
    replace: "",
    times: 1,
    why: "With the size in the dependency descriptor no frame was marked as a key frame. Moved behind that (next patch).",
  },
  {
    file: "medooze-media-server-src/src/av1/AV1LayerSelector.cpp",
    find: "\t// Skip fragmented first element\n",
    replace:
      "\tif (packet->GetWidth() != 0 && packet->GetHeight() != 0) return infos;\n\n\t// Skip fragmented first element\n",
    times: 1,
    why: "Belongs to the one before it.",
  },
  {
    file: "medooze-media-server-src/src/vp9/VP9PayloadDescription.cpp",
    find: "BYTE n = data[len];",
    replace: "if (len>=size)\n\t\t\treturn 0;\n\t\tBYTE n = data[len];",
    times: 1,
    why: "A packet that ends here was read on far beyond its end (the length that is left wrapped around).",
  },
  {
    file: "medooze-media-server-src/src/vp9/VP9PayloadDescription.cpp",
    find: "extendedPictureIdPresent = data[len]>>7;",
    replace: "if (size<len+1)\n\t\t\treturn 0;\n\t\textendedPictureIdPresent = data[len]>>7;",
    times: 1,
    why: "Read one byte beyond the packet's end.",
  },
  {
    file: "medooze-media-server-src/src/vp9/VP9LayerSelector.cpp",
    find: "if (!desc.interPicturePredictedLayerFrame)",
    replace: "if (desc.interPicturePredictedLayerFrame)",
    times: 1,
    why: "The wrong way round: the first key frame was thrown away and what builds on it sent.",
  },
  {
    file: "medooze-media-server-src/src/vp9/VP9LayerSelector.h",
    find: "bool IsWaitingForIntra()	const override { return false;			}",
    replace: "bool IsWaitingForIntra()	const override { return waitingForIntra;	}",
    times: 1,
    why: "A key frame that was lost was never asked for again.",
  },
  {
    file: "medooze-media-server-src/src/vp9/VP9LayerSelector.cpp",
    find: 'if (desc.endOfLayerFrame)\r\n\t\t{\r\n\t\t\t//UltraDebug("-VP9LayerSelector::Select() | Downscaling spatialLayerId',
    replace:
      'if (desc.endOfLayerFrame && desc.spatialLayerId==nextSpatialLayerId)\r\n\t\t{\r\n\t\t\t//UltraDebug("-VP9LayerSelector::Select() | Downscaling spatialLayerId',
    times: 1,
    why: "From the highest of three layers to the middle one it went to the lowest, and waited there for a key frame.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTPStreamTransponder.cpp",
    find: "\t\tspatialLayerId = LayerInfo::MaxLayerId;\r\n\t\ttemporalLayerId = LayerInfo::MaxLayerId;\r\n",
    replace: "",
    times: 1,
    why: "The layers chosen right after attaching were forgotten at the first packet.",
  },
  {
    file: "medooze-media-server-src/include/rtp/RTPIncomingSource.h",
    find: "\tuint16_t width;\n",
    replace:
      "\t//Of the audio levels in its packets (RFC 6464), summed up: ms that were loud, and power (full scale: 1) times ms\n\tdouble loudTime = 0;\n\tdouble soundPower = 0;\n\tDWORD lastLevelTimestamp = 0;\n\n\tuint16_t width;\n",
    times: 1,
    why: "Nothing shows JavaScript how loud a track is. Sums can be read at any pace, by anybody.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTPIncomingSourceGroup.cpp",
    find: "\t} else {\n\t\t//Update source and layer info\n\t\tsource->Update(time, packet->GetSeqNum(), packet->GetMediaLength(), packet->GetRTPHeader().GetSize());\n",
    replace: `	} else {
		if (type == MediaFrame::Audio && source==&media && packet->HasAudioLevel() && packet->GetClockRate())
		{
			DWORD rate = packet->GetClockRate();
			DWORD elapsed = source->lastLevelTimestamp ? packet->GetTimestamp() - source->lastLevelTimestamp : 0;
			bool late = elapsed >= 0x80000000;
			//How long it sounds: no packet of Opus is longer than 120 ms
			double ms = late ? 0 : std::min(elapsed * 1000.0 / rate, 120.0);
			//Unless it is only out of order
			if (!late || 0 - elapsed > rate) source->lastLevelTimestamp = packet->GetTimestamp();
			//-35 dBov, as LiveKit
			if (packet->GetLevel() <= 35) source->loudTime += ms;
			if (packet->GetLevel() < 127) source->soundPower += ms * std::pow(10.0, packet->GetLevel() * -0.1);
		}
		//Update source and layer info
		source->Update(time, packet->GetSeqNum(), packet->GetMediaLength(), packet->GetRTPHeader().GetSize());
`,
    times: 1,
    why: "See RTPIncomingSource.h.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTPIncomingSourceGroup.cpp",
    find: '#include "rtp/RTPIncomingSourceGroup.h"\n',
    replace: '#include "rtp/RTPIncomingSourceGroup.h"\n#include <cmath>\n',
    times: 1,
    why: "See RTPIncomingSource.h.",
  },
  {
    file: "medooze-media-server/src/media-server_wrap.cxx",
    find: "static void _wrap_RTPIncomingSource_skew_set(",
    replace: `static SwigV8ReturnValue _wrap_RTPIncomingSource_loudTime_get(v8::Local<v8::Name> property, const SwigV8PropertyCallbackInfo &info) {
  void *argp1 = 0;
  if (!SWIG_IsOK(SWIG_ConvertPtr(info.Holder(), &argp1, SWIGTYPE_p_RTPIncomingSource, 0))) return;
  SWIGV8_RETURN_INFO(SWIG_From_double(reinterpret_cast<RTPIncomingSource*>(argp1)->loudTime), info);
}
static SwigV8ReturnValue _wrap_RTPIncomingSource_soundPower_get(v8::Local<v8::Name> property, const SwigV8PropertyCallbackInfo &info) {
  void *argp1 = 0;
  if (!SWIG_IsOK(SWIG_ConvertPtr(info.Holder(), &argp1, SWIGTYPE_p_RTPIncomingSource, 0))) return;
  SWIGV8_RETURN_INFO(SWIG_From_double(reinterpret_cast<RTPIncomingSource*>(argp1)->soundPower), info);
}
static void _wrap_RTPIncomingSource_skew_set(`,
    times: 1,
    why: "See RTPIncomingSource.h.",
  },
  {
    file: "medooze-media-server/src/media-server_wrap.cxx",
    find: 'SWIGV8_AddMemberVariable(_exports_RTPIncomingSource_class, "skew",',
    replace: `SWIGV8_AddMemberVariable(_exports_RTPIncomingSource_class, "loudTime", _wrap_RTPIncomingSource_loudTime_get, JS_veto_set_variable);
SWIGV8_AddMemberVariable(_exports_RTPIncomingSource_class, "soundPower", _wrap_RTPIncomingSource_soundPower_get, JS_veto_set_variable);
SWIGV8_AddMemberVariable(_exports_RTPIncomingSource_class, "skew",`,
    times: 1,
    why: "See RTPIncomingSource.h.",
  },
  {
    file: "medooze-media-server-src/include/codecs.h",
    find: "MP3=33,RTX=115,UNKNOWN=-1};",
    replace: "MP3=33,RTX=115,RED=116,UNKNOWN=-1};",
    times: 1,
    why: "It does not know redundant audio (RED, RFC 2198), which clients send to survive loss.",
  },
  {
    file: "medooze-media-server-src/include/codecs.h",
    find: '\t\telse if (strcasecmp(codec,"MULTIOPUS")==0) return MULTIOPUS;\n',
    replace:
      '\t\telse if (strcasecmp(codec,"MULTIOPUS")==0) return MULTIOPUS;\n\t\telse if (strcasecmp(codec,"RED")==0) return RED;\n',
    times: 1,
    why: "Belongs to the one before it.",
  },
  {
    file: "medooze-media-server-src/include/codecs.h",
    find: "\t\t\tcase MULTIOPUS:\treturn 48000;\n",
    replace: "\t\t\tcase MULTIOPUS:\treturn 48000;\n\t\t\tcase RED:\treturn 48000;\n",
    times: 1,
    why: "Belongs to the one before it.",
  },
  {
    file: "medooze-media-server-src/include/codecs.h",
    find: "\t\tcase AudioCodec::RTX:\n",
    replace: "\t\tcase AudioCodec::RTX:\n\t\tcase AudioCodec::RED:\n",
    times: 1,
    why: "Belongs to the one before it.",
  },
  {
    file: "medooze-media-server-src/include/rtp/RTPPacket.h",
    find: "\tbool RecoverOSN();",
    replace: "\tbool RecoverOSN();\n\tbool TranslateRED(BYTE opus, bool keep);",
    times: 1,
    why: "Belongs to the next one after it.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTPPacket.cpp",
    find: "bool RTPPacket::RecoverOSN()",
    replace: `//Blocks of RED name the payload types of their sender: names the receiver's; or leaves the newest block alone, without RED
bool RTPPacket::TranslateRED(BYTE opus, bool keep)
{
	const BYTE* data = GetMediaData();
	const DWORD size = GetMediaLength();
	DWORD header = 0;
	DWORD older = 0;
	bool same = true;
	for (; header < size && (data[header] & 0x80); header += 4)
	{
		if (header + 4 >= size) return false;
		older += (data[header+2] & 0x03) << 8 | data[header+3];
		same = same && (data[header] & 0x7f) == opus;
	}
	if (header + 1 + older >= size) return false;
	same = same && data[header] == opus;
	if (keep && same) return true;
	BYTE* own = AdquireMediaData();
	if (!keep) return SkipPayload(header + 1 + older);
	for (DWORD i = 0; i < header; i += 4) own[i] = 0x80 | opus;
	own[header] = opus;
	return true;
}

bool RTPPacket::RecoverOSN()`,
    times: 1,
    why: "So that RED goes to those who understand it, and plain Opus out of it to those who do not.",
  },
  {
    file: "medooze-media-server-src/src/DTLSICETransport.cpp",
    find: "\tpacket->SetPayloadType(sendMaps.rtp.GetTypeForCodec(packet->GetCodec()));\r\n\t//No padding",
    replace: `	if (packet->GetMediaType() == MediaFrame::Audio && packet->GetCodec() == AudioCodec::RED)
	{
		bool keep = sendMaps.rtp.HasCodec(AudioCodec::RED);
		if (!sendMaps.rtp.HasCodec(AudioCodec::OPUS) || !packet->TranslateRED(sendMaps.rtp.GetTypeForCodec(AudioCodec::OPUS), keep))
			return Debug("-DTLSICETransport::Send() | RED that cannot be read or sent\\n");
		if (!keep) packet->SetCodec(AudioCodec::OPUS);
	}
	packet->SetPayloadType(sendMaps.rtp.GetTypeForCodec(packet->GetCodec()));
	//No padding`,
    times: 1,
    why: "Belongs to the one before it.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTPStreamTransponder.cpp",
    find: "selector.reset(VideoLayerSelector::Create((VideoCodec::Type)packet->GetCodec()));",
    replace:
      "if (packet->GetCodec()==VideoCodec::VP9 && packet->HasDependencyDestriptor())\n\t\t\t\tselector.reset(new DependencyDescriptorLayerSelector(VideoCodec::VP9));\n\t\t\telse\n\t\t\t\tselector.reset(VideoLayerSelector::Create((VideoCodec::Type)packet->GetCodec()));",
    times: 1,
    why: "VP9's own header does not tell that a layer is not needed by those above it (L3T3_KEY): all were forwarded.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTPStreamTransponder.cpp",
    find: "if (codec==VideoCodec::AV1 && selector)",
    replace: "if ((codec==VideoCodec::AV1 || codec==VideoCodec::VP9) && packet->HasDependencyDestriptor() && selector)",
    times: 1,
    why: "Belongs to the one before it.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTPStreamTransponder.cpp",
    find: "static_cast<AV1LayerSelector*>(selector.get())->GetForwardedDecodeTargets()",
    replace: "selector->GetForwardedDecodeTargets()",
    times: 1,
    why: "A member ended the process: VP9 whose first packet bears no dependency descriptor and a later one does was handled by one class as if it were another.",
  },
  {
    file: "medooze-media-server-src/include/VideoLayerSelector.h",
    find: "\tvirtual ~VideoLayerSelector() = default;",
    replace:
      "\tvirtual ~VideoLayerSelector() = default;\n\tvirtual std::optional<std::vector<bool>> GetForwardedDecodeTargets() const { return {}; }",
    times: 1,
    why: "Belongs to the one before it: selectors without decode targets say so.",
  },
];
