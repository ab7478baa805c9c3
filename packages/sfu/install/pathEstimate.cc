// A sender, a path and a receiver that reports, for pathEstimate.test.ts:
//   pathEstimate <kbit/s of the path> <jitter, ms> <loss, 0..1> <kbit/s that are sent> <adapt: 0|1> <probe: 0|1>
// Prints for each half second: target, what arrived (kbit/s), ms that a packet waits in the queue.
#include "PathEstimate.h"
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

struct Packet
{
	uint16_t seq;
	uint64_t sent;
	uint64_t received;
	uint32_t bytes;
	bool probe;
	bool told;
};

int main(int, char** arg)
{
	const double capacity = atof(arg[1]) * 1e3, jitter = atof(arg[2]) * 1e3, loss = atof(arg[3]), media = atof(arg[4]) * 1e3;
	const bool adapts = atoi(arg[5]), probes = atoi(arg[6]);
	constexpr uint64_t Tick = 5000, Frame = 30000, Feedback = 50000, Way = 20000, Queue = 500000;

	std::mt19937 random(1);
	std::uniform_real_distribution<double> chance(0, 1);
	PathEstimate estimate;
	std::vector<Packet> packets;
	size_t untold = 0;
	uint16_t seq = 0;
	double free = 0, owed = 0;

	for (uint64_t now = 1000000; now < 31000000; now += Tick)
	{
		const double rate = adapts && estimate.GetTarget() ? std::min<double>(media, estimate.GetTarget()) : media;
		const auto send = [&](uint32_t bytes, bool probe) {
			const double queued = std::max(0.0, free - now);
			Packet packet = {seq++, now, 0, bytes, probe, false};
			if (queued <= Queue && chance(random) >= loss)
			{
				free = now + queued + bytes * 8e6 / capacity;
				packet.received = free + Way + chance(random) * jitter;
			}
			packets.push_back(packet);
		};
		if (now % Frame == 0)
			for (double bytes = rate / 8 * Frame / 1e6 * (0.8 + 0.4 * chance(random)); bytes > 0; bytes -= 1160)
				send(std::min(1200.0, bytes + 40), false);
		if (probes && estimate.GetTarget() > rate)
			for (owed += (estimate.GetTarget() - rate) / 8 * Tick / 1e6; owed > 250; owed -= 250)
				send(250, true);

		if (now % Feedback == 0)
		{
			// As Chromium's: from the oldest that has come since the last report to the newest.
			const auto here = [&](const Packet& packet) { return packet.received && packet.received + Way <= now; };
			size_t end = untold, begin = untold;
			for (size_t at = untold; at < packets.size(); at++)
				if (here(packets[at]))
					end = at + 1;
			for (size_t at = untold > 500 ? untold - 500 : 0; at < untold && begin == untold; at++)
				if (here(packets[at]) && !packets[at].told)
					begin = at;
			for (size_t at = begin; at < end; at++)
			{
				auto& packet = packets[at];
				if (packet.told)
					continue;
				packet.told = here(packet);
				estimate.Packet(packet.seq, packet.sent, packet.told ? packet.received : 0, packet.bytes, packet.probe);
			}
			untold = end;
			if (end > begin)
				estimate.Update(now, 50);
		}
		if (now % 500000 == 0)
			printf("%.0f %.0f %.0f\n", estimate.GetTarget() / 1e3, estimate.GetAcked() / 1e3, std::max(0.0, free - now) / 1e3);
	}
}
