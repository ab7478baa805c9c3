#ifndef RAADHUIS_PICTURE_LIMIT_H
#define RAADHUIS_PICTURE_LIMIT_H

#include <cstddef>
#include <cstdint>
#include <optional>

/**
 * Which pictures of a track are carried on. A key frame states its size in its first bytes, and whoever decodes it makes room
 * for that before anything else: one of 16,383 by 16,383 takes a packet to send, and gigabytes of each who receives it. So
 * one that is larger than what is honestly shown goes no further, nor what builds on it: all until the next key frame that
 * is within the limit.
 *
 * Told of packets in the order of their sequence numbers. Knows nothing of RTP; one thread only.
 */
class PictureLimit
{
public:
	/** Screens of 3840 x 2160 and 3840 x 2400 are within, and cameras of 4096 x 2160, either way up; pages scale larger ones down. */
	static constexpr uint32_t MostSide = 4096;
	static constexpr uint32_t MostArea = 4096 * 2304;

	static bool IsWithin(uint32_t width, uint32_t height)
	{
		return width <= MostSide && height <= MostSide && width * height <= MostArea;
	}

	/**
	 * Whether a packet of VP8 (RFC 7741) goes on. `begins`: what a dependency descriptor beside it says of whether a frame
	 * begins here. Receivers believe that, so one that contradicts the packet would hide a frame's header from us.
	 */
	bool AdmitVP8(const uint8_t* data, size_t size, std::optional<bool> begins)
	{
		const size_t header = DescriptorSize(data, size);
		if (!header)
			return false;
		// Of the partition's number three bits count, and four for those who follow older drafts.
		const bool isFirst = (data[0] & 0x17) == 0x10;
		if (begins && *begins != isFirst)
			return false;
		if (!isFirst)
			return !refusing;
		if (size == header)
			return false;
		const uint8_t* frame = data + header;
		if (frame[0] & 0x01)
			return !refusing;
		// A key frame (RFC 6386, 9.1). Its size within one packet, or nobody could look at it.
		if (size - header < 10 || frame[3] != 0x9d || frame[4] != 0x01 || frame[5] != 0x2a)
			return false;
		return Admit((frame[6] | frame[7] << 8) & 0x3fff, (frame[8] | frame[9] << 8) & 0x3fff);
	}

	/** Whether a packet of any other codec goes on, by the size that was read from it; 0: it states none. */
	bool Admit(uint32_t width, uint32_t height)
	{
		if (width && height)
		{
			refusing = !IsWithin(width, height);
			if (refusing)
				++refused;
		}
		return !refusing;
	}

	/** Nothing goes on until a smaller key frame comes. */
	bool IsRefusing() const		{ return refusing;	}
	/** Key frames (of some codecs: packets) that were too large. */
	uint32_t GetRefused() const	{ return refused;	}

private:
	/** Bytes before VP8's own; 0: it is cut off. */
	static size_t DescriptorSize(const uint8_t* data, size_t size)
	{
		if (size < 1)
			return 0;
		size_t at = 1;
		if (data[0] & 0x80)
		{
			if (size < 2)
				return 0;
			const uint8_t present = data[at++];
			if (present & 0x80)
			{
				if (size <= at)
					return 0;
				at += data[at] & 0x80 ? 2 : 1;
			}
			if (present & 0x40)
				++at;
			if (present & 0x30)
				++at;
		}
		return at <= size ? at : 0;
	}

	bool refusing = false;
	uint32_t refused = 0;
};

#endif
