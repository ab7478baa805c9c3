import { readFileSync } from "node:fs";
import { join } from "node:path";

const limit = readFileSync(join(import.meta.dirname, "PictureLimit.h"), "utf8");

/**
 * Pictures that are too large for whoever would decode them stop here, see PictureLimit.h. In the form of patches.mjs.
 *
 * Of VP8 there is no way around: nothing else in a frame states a size. Of other codecs it is what the engine reads of a
 * packet, which is what honest senders send; whoever means ill can hide a larger frame behind a smaller one in VP9, or a
 * second sequence header within a slice of H.264 or a frame of AV1, and only decoding would find it.
 */
export const picturePatches = [
  {
    file: "medooze-media-server-src/include/rtp/RTPIncomingSourceGroup.h",
    find: "class RTPIncomingSourceGroup :\n",
    replace: `${limit}\nclass RTPIncomingSourceGroup :\n`,
    times: 1,
    why: "A member who is shown could end each browser and the broadcast with one packet: a key frame of 16,383 by 16,383.",
  },
  {
    file: "medooze-media-server-src/include/rtp/RTPIncomingSourceGroup.h",
    find: "\tvolatile bool muted = false;\n",
    replace:
      "\tvolatile bool muted = false;\n\tPictureLimit pictureLimit;\n\t//Packets that went no further by it\n\tDWORD withheld = 0;\n",
    times: 1,
    why: "Belongs to the one before it.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTPIncomingSourceGroup.cpp",
    find: "\t\tpacket->SetExtSeqNum(packet->GetExtSeqNum() - packets.GetNumDiscardedPackets());\n",
    replace: `		packet->SetExtSeqNum(packet->GetExtSeqNum() - packets.GetNumDiscardedPackets() - withheld);
		if (type == MediaFrame::Video)
		{
			std::optional<bool> begins;
			if (packet->HasDependencyDestriptor() && packet->GetDependencyDescriptor())
				begins = packet->GetDependencyDescriptor()->startOfFrame;
			bool admitted = packet->GetCodec() == VideoCodec::VP8
				? pictureLimit.AdmitVP8(packet->GetMediaData(), packet->GetMediaLength(), begins)
				: pictureLimit.Admit(packet->GetWidth(), packet->GetHeight());
			media.refusedPictures = pictureLimit.GetRefused();
			media.isRefusing = pictureLimit.IsRefusing();
			//What follows takes its number, or receivers would ask for it again and again
			if (!admitted)
			{
				withheld++;
				continue;
			}
		}
`,
    times: 1,
    why: "Belongs to the one before it: in order, after what was lost came again, and before anybody hears of it, on this thread or another.",
  },
  {
    file: "medooze-media-server-src/include/rtp/RTPIncomingSource.h",
    find: "\tuint16_t height;\n",
    replace:
      "\tuint16_t height;\n\t//See PictureLimit: how many were too large, and whether nothing is carried until a smaller one comes\n\tdouble refusedPictures = 0;\n\tdouble isRefusing = 0;\n",
    times: 1,
    why: "Belongs to the one before it: so that JavaScript hears of it.",
  },
  {
    file: "medooze-media-server/src/media-server_wrap.cxx",
    find: "static void _wrap_RTPIncomingSource_skew_set(",
    replace: `static SwigV8ReturnValue _wrap_RTPIncomingSource_refusedPictures_get(v8::Local<v8::Name> property, const SwigV8PropertyCallbackInfo &info) {
  void *argp1 = 0;
  if (!SWIG_IsOK(SWIG_ConvertPtr(info.Holder(), &argp1, SWIGTYPE_p_RTPIncomingSource, 0))) return;
  SWIGV8_RETURN_INFO(SWIG_From_double(reinterpret_cast<RTPIncomingSource*>(argp1)->refusedPictures), info);
}
static SwigV8ReturnValue _wrap_RTPIncomingSource_isRefusing_get(v8::Local<v8::Name> property, const SwigV8PropertyCallbackInfo &info) {
  void *argp1 = 0;
  if (!SWIG_IsOK(SWIG_ConvertPtr(info.Holder(), &argp1, SWIGTYPE_p_RTPIncomingSource, 0))) return;
  SWIGV8_RETURN_INFO(SWIG_From_double(reinterpret_cast<RTPIncomingSource*>(argp1)->isRefusing), info);
}
static void _wrap_RTPIncomingSource_skew_set(`,
    times: 1,
    why: "Belongs to the one before it.",
  },
  {
    file: "medooze-media-server/src/media-server_wrap.cxx",
    find: 'SWIGV8_AddMemberVariable(_exports_RTPIncomingSource_class, "skew",',
    replace: `SWIGV8_AddMemberVariable(_exports_RTPIncomingSource_class, "refusedPictures", _wrap_RTPIncomingSource_refusedPictures_get, JS_veto_set_variable);
SWIGV8_AddMemberVariable(_exports_RTPIncomingSource_class, "isRefusing", _wrap_RTPIncomingSource_isRefusing_get, JS_veto_set_variable);
SWIGV8_AddMemberVariable(_exports_RTPIncomingSource_class, "skew",`,
    times: 1,
    why: "Belongs to the one before it.",
  },
  {
    file: "medooze-media-server-src/src/vp9/VP9LayerSelector.cpp",
    find: "if ((packet->GetWidth() == 0 || packet->GetHeight() == 0) && desc.startOfLayerFrame &&",
    replace: "if (desc.startOfLayerFrame &&",
    times: 1,
    why: "What stands before the frame was believed of its size, and the frame itself not looked at.",
  },
  {
    file: "medooze-media-server-src/src/vp9/VP9.h",
    find: "bool Parse(const uint8_t *data, uint8_t size)",
    replace: "bool Parse(const uint8_t *data, DWORD size)",
    times: 1,
    why: "Of a packet's size the lowest byte counted: those of 256 or 1,024 bytes were too short to be read.",
  },
  {
    file: "medooze-media-server-src/src/vp9/VP9.h",
    find: "\t\treader.Skip(8);\n\t\treader.Skip(8);\n\t\treader.Skip(8);\n",
    replace:
      '\t\tif (reader.Get(8) != 0x49 || reader.Get(8) != 0x83 || reader.Get(8) != 0x42)\n\t\t\tthrow std::range_error("no key frame of VP9");\n',
    times: 1,
    why: "A frame that its sender encrypted for other members was read as if it were none, and had any size.",
  },
];
