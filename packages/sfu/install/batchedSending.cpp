#include "tracing.h"
#include "NetEventLoop.h"
#include "log.h"

#include <algorithm>
#include <netinet/udp.h>

// Linux 4.18; older C libraries do not name it.
#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

//Sends what is queued in as few calls as can be. Packets of equal size to one destination (those of a picture) are
//handed to the kernel as one (UDP_SEGMENT), which cuts them up after it has found the way.
void NetEventLoop::OnPollOut(int fd)
{
	//The most the kernel takes at once, and a bit less than it takes in bytes
	static constexpr size_t MaxSegments = 64;
	static constexpr size_t MaxBurstSize = 60000;
	static constexpr uint32_t MaxSegmentingFailures = 16;

	if (rawTx)
		return SendEach(fd);

	SendBuffer next;
	while (items.size()<MaxMultipleSendingMessages && sending.try_dequeue(next))
		items.emplace_back(std::move(next));

	const size_t len = items.size();
	if (!len)
		return;

	//By destination; to each in the order of arrival. The index in the last 16 bits
	static_assert(MaxMultipleSendingMessages <= 1024, "sendmmsg takes 1024 messages at once");
	uint64_t order[MaxMultipleSendingMessages];
	for (size_t i = 0; i < len; ++i)
		order[i] = uint64_t(items[i].ipAddr) << 32 | uint64_t(items[i].port) << 16 | i;
	std::sort(order, order + len);
	auto at = [&](size_t i) -> SendBuffer& { return items[order[i] & 0xffff]; };

	struct mmsghdr messages[MaxMultipleSendingMessages];
	struct sockaddr_in tos[MaxMultipleSendingMessages];
	struct iovec iovs[MaxMultipleSendingMessages];
	alignas(struct cmsghdr) uint8_t controls[MaxMultipleSendingMessages][CMSG_SPACE(sizeof(uint16_t))];
	//Where each message begins in the order
	size_t begins[MaxMultipleSendingMessages + 1];
	size_t count = 0;

	for (size_t i = 0; i < len; ++count)
	{
		auto& first = at(i);
		const size_t size = first.packet.GetSize();
		size_t bytes = 0;
		size_t end = i;

		begins[count] = i;
		do
		{
			auto& packet = at(end).packet;
			iovs[end].iov_base = packet.GetData();
			iovs[end].iov_len = packet.GetSize();
			bytes += packet.GetSize();
			++end;
			//A shorter one may only be the last
			if (packet.GetSize() < size)
				break;
		} while (segmenting && end < len && end - i < MaxSegments && order[end] >> 16 == order[i] >> 16
			&& at(end).packet.GetSize() <= size && bytes + at(end).packet.GetSize() <= MaxBurstSize);

		auto& to = tos[count];
		memset(&to, 0, sizeof(to));
		to.sin_family = AF_INET;
		to.sin_addr.s_addr = htonl(first.ipAddr);
		to.sin_port = htons(first.port);

		auto& message = messages[count].msg_hdr;
		memset(&messages[count], 0, sizeof(messages[count]));
		message.msg_name = (sockaddr*)&to;
		message.msg_namelen = sizeof(to);
		message.msg_iov = &iovs[i];
		message.msg_iovlen = end - i;
		if (end - i > 1)
		{
			message.msg_control = controls[count];
			message.msg_controllen = sizeof(controls[count]);
			memset(controls[count], 0, sizeof(controls[count]));
			auto control = CMSG_FIRSTHDR(&message);
			control->cmsg_level = IPPROTO_UDP;
			control->cmsg_type = UDP_SEGMENT;
			control->cmsg_len = CMSG_LEN(sizeof(uint16_t));
			const uint16_t segment = size;
			memcpy(CMSG_DATA(control), &segment, sizeof(segment));
		}
		i = end;
	}
	begins[count] = len;

	size_t sent = 0;
	bool full = false;
	while (sent < count && !full)
	{
		TRACE_EVENT("neteventloop", "sendmmsg", "fd", fd, "vlen", count - sent);
		int done = sendmmsg(fd, messages + sent, count - sent, flags);
		if (done > 0)
			sent += done;
		else if (errno == EAGAIN || errno == EWOULDBLOCK)
			full = true;
		else if (errno != EINTR)
		{
			//This one cannot be sent; the others can. As a burst it may be too large for its way, or not known to the kernel or the device
			if (begins[sent + 1] - begins[sent] > 1)
			{
				for (size_t i = begins[sent]; i < begins[sent + 1]; ++i)
					(void)sendto(fd, iovs[i].iov_base, iovs[i].iov_len, flags, (sockaddr*)&tos[sent], sizeof(tos[sent]));
				if (++segmentingFailures > MaxSegmentingFailures)
					segmenting = false;
			}
			++sent;
		}
	}

	auto now = Now();
	//Those that did not fit are kept for the next time, unless there are too many already
	std::vector<SendBuffer> retry;
	for (size_t i = 0; i < len; ++i)
	{
		auto& item = at(i);
		if (i >= begins[sent] && state==State::Normal)
		{
			retry.emplace_back(std::move(item));
			continue;
		}
		packetPool.release(std::move(item.packet));
		if (item.callback)
			(*item.callback)(now);
	}
	items = std::move(retry);
}

