import { readFileSync } from "node:fs";

const batchedSending = readFileSync(new URL("batchedSending.cpp", import.meta.url), "utf8");

/** What makes forwarding cheaper, and a subscriber smaller. In the form of patches.mjs. */
export const speedPatches = [
  // What a packet costs (npm run bench forward).
  {
    file: "medooze-media-server-src/src/NetEventLoop.cpp",
    find: "void NetEventLoop::OnPollOut(int fd)\n",
    replace: `${batchedSending}void NetEventLoop::SendEach(int fd)\n`,
    times: 1,
    why: "Half of the cost of forwarding is the kernel's, once for each packet: a picture's packets go to each receiver as one. And one destination that cannot be reached no longer costs the others their packets.",
  },
  {
    file: "medooze-media-server-src/src/NetEventLoop.cpp",
    find: '#include "log.h"\n',
    replace:
      '#include "log.h"\n#include <algorithm>\n#include <netinet/udp.h>\n\n#ifndef UDP_SEGMENT\n#define UDP_SEGMENT 103\n#endif\n',
    times: 1,
    why: "For the patch above; older C libraries do not name UDP_SEGMENT (Linux 4.18).",
  },
  {
    file: "medooze-media-server-src/include/NetEventLoop.h",
    find: "virtual void OnPollOut(int fd) override;\n",
    replace: "virtual void OnPollOut(int fd) override;\n\tvoid SendEach(int fd);\n",
    times: 1,
    why: "Needed by the patch above it.",
  },
  {
    file: "medooze-media-server-src/include/NetEventLoop.h",
    find: "std::vector<SendBuffer> items;\n",
    replace: "std::vector<SendBuffer> items;\n\tbool segmenting = true;\n\tuint32_t segmentingFailures = 0;\n",
    times: 1,
    why: "Needed by the patch above it.",
  },
  {
    file: "medooze-media-server-src/include/NetEventLoop.h",
    find: "MaxMultipleSendingMessages = 128;",
    replace: "MaxMultipleSendingMessages = 1024;",
    times: 1,
    why: "A picture's packets to a hundred receivers are some 700.",
  },
  {
    file: "medooze-media-server-src/include/NetEventLoop.h",
    find: `		SendBuffer(SendBuffer&& other) :
			ipAddr(other.ipAddr),
			port(other.port),
			packet(std::move(other.packet)),
			rawTxData(other.rawTxData),
			callback(other.callback)
		{
		}
`,
    replace: "\t\tSendBuffer(SendBuffer&& other) = default;\n",
    times: 1,
    why: "Each move copied the callback, which allocates.",
  },
  {
    file: "medooze-media-server-src/src/NetEventLoop.cpp",
    find: "return sending.size_approx() ? ",
    replace: "return sending.size_approx() || !items.empty() ? ",
    times: 1,
    why: "What the socket had no room for waited until something else was to be sent.",
  },
  {
    file: "medooze-media-server-src/src/EventLoop.cpp",
    find: `				OnPollIn(fd);
			}
			else if (events & Poll::Event::Out)
			{
				OnPollOut(fd);
			}
`,
    replace: `				OnPollIn(fd);
				//A flood of packets coming in must not keep ours from going out
				if (events & Poll::Event::Out)
					OnPollOut(fd);
			}
			else if (events & Poll::Event::Out)
			{
				OnPollOut(fd);
			}
`,
    times: 1,
    why: "Nothing was sent while anything could be read.",
  },
  // What a subscriber keeps in memory.
  {
    file: "medooze-media-server-src/include/SendSideBandwidthEstimation.h",
    find: "CircularBuffer<Stats, uint16_t, 32768>",
    replace: "CircularBuffer<Stats, uint16_t, 4096>",
    times: 1,
    why: "0.8 MB for each peer connection, to remember packets for minutes that are reported on within a second. 4096 are 4 s at 10 Mbit/s.",
  },
  {
    file: "medooze-media-server-src/include/CircularBuffer.h",
    find: "\tbool IsPresent(S seq) const\n",
    replace: `	//Forgets the oldest while they are expired; the newest stays
	template <typename Expired>
	void Expire(Expired&& expired)
	{
		while (GetLength()>1 && (!ringbuffer[pos].has_value() || expired(*ringbuffer[pos])))
		{
			ringbuffer[pos].reset();
			pos = (pos + 1) % N;
			++first;
		}
	}

	bool IsPresent(S seq) const
`,
    times: 1,
    why: "Needed by the patch below it.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTPOutgoingSourceGroup.cpp",
    find: "\tpackets.Set(packet->GetSeqNum(), packet);\n",
    replace: `	packets.Set(packet->GetSeqNum(), packet);
	//After an outage of some two seconds all of it is asked for, see ReSendPacket
	packets.Expire([now = packet->GetTime()](const RTPPacket::shared& old) { return old->GetTime() + 2600 < now; });
`,
    times: 1,
    why: "512 packets of 1.7 kB were kept for each track and receiver: 10 s of sound, which is not sent again at all, and 3 s of picture.",
  },
  {
    file: "medooze-media-server-src/src/rtp/RTPPacket.cpp",
    find: "RTPPacket::PayloadPool(65536)",
    replace: "RTPPacket::PayloadPool(1024)",
    times: 1,
    why: "126 MB in each process before the first packet; the pool grows by itself.",
  },
  {
    file: "medooze-media-server-src/include/rtp/RTPPacket.h",
    find: "\tstd::optional<H264SeqParameterSet>\th264SeqParameterSet;",
    replace: `	//What few packets have takes no room in the others
	template <typename T>
	class Rare
	{
	public:
		void emplace()			{ value = std::make_shared<T>();	}
		void reset()			{ value.reset();			}
		T* operator->() const		{ return value.get();			}
		explicit operator bool() const	{ return bool(value);			}
	private:
		std::shared_ptr<T> value;
	};
	Rare<H264SeqParameterSet>	h264SeqParameterSet;`,
    times: 1,
    why: "A third of what each packet takes that is kept for sending again.",
  },
  {
    file: "medooze-media-server-src/include/rtp/RTPPacket.h",
    find: "std::optional<H264PictureParameterSet>\th264PictureParameterSet;",
    replace: "Rare<H264PictureParameterSet>\th264PictureParameterSet;",
    times: 1,
    why: "Belongs to the one before it.",
  },
];
