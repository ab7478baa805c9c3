// What goes on of a track, for pictureLimit.test.ts:
//   pictureLimit <packet>...
// A packet is "vp8:<payload in hex>", with ":1" or ":0" behind it where a dependency descriptor says that a frame begins
// there or does not, or "size:<width>x<height>" of any other codec. Prints 1 or 0 for each, then how many were too large.
#include "PictureLimit.h"
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

int main(int count, char** arg)
{
	PictureLimit limit;
	for (int n = 1; n < count; ++n)
	{
		const std::string packet = arg[n];
		if (packet.starts_with("size:"))
		{
			const size_t by = packet.find('x');
			printf("%d ", limit.Admit(std::stoul(packet.substr(5)), std::stoul(packet.substr(by + 1))));
			continue;
		}
		const size_t end = packet.find(':', 4);
		const std::string hex = packet.substr(4, end == std::string::npos ? end : end - 4);
		std::optional<bool> begins;
		if (end != std::string::npos)
			begins = packet[end + 1] == '1';
		// No larger than it is, so that what is read beyond it shows with -fsanitize=address.
		std::vector<uint8_t> data;
		for (size_t at = 0; at + 1 < hex.size(); at += 2)
			data.push_back(uint8_t(std::stoul(hex.substr(at, 2), nullptr, 16)));
		printf("%d ", limit.AdmitVP8(data.data(), data.size(), begins));
	}
	printf("%u\n", limit.GetRefused());
}
