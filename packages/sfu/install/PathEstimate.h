#ifndef RAADHUIS_PATH_ESTIMATE_H
#define RAADHUIS_PATH_ESTIMATE_H

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

/**
 * How much a path carries, from when packets were sent and when the other side says they arrived (transport-wide
 * feedback). After draft-ietf-rmcat-gcc-02, with a line fitted through the delays in place of its Kalman filter: a queue
 * that fills shows as delay that grows, whatever the jitter, since the threshold follows the jitter.
 *
 * Times in microseconds, rates in bit/s. Knows nothing of RTP; one thread only.
 */
class PathEstimate
{
public:
	static constexpr double Lowest = 30e3;
	static constexpr double Highest = 100e6;

	/** A packet of a feedback message, in the order of sequence numbers. `received` 0: it did not arrive (yet). */
	void Packet(uint16_t seq, uint64_t sent, uint64_t received, uint32_t bytes, bool probe)
	{
		Count(seq, received != 0);
		Offer(seq, sent, bytes);
		if (!received)
			return;
		arrivals.push_back({received, bytes, probe});
		if (arrivals.size() > Most)
			arrivals.pop_front();
		newest = std::max(newest, received);
		Delay(received, double(received) - double(sent));
		Group(sent, received);
	}

	/** After all packets of a message; `rtt` in ms. */
	void Update(uint64_t now, uint32_t rtt)
	{
		// Nobody reports as often as this but to keep us busy.
		if (updated && now < updated + 5000)
			return;
		if (updated && now > updated + Silence)
			// The path was gone, or nothing was sent: what was known of its queue and its losses is of another time.
			Forget(now);
		const double seconds = updated ? std::min<double>(now - updated, 1e6) / 1e6 : 0;
		updated = now;
		if (!began)
			began = now;

		Measure();
		if (target == 0 && acked > 0 && now > began + Window)
			target = std::max(acked, 300e3);
		if (target == 0)
			return;

		// What arrived in part of a window is no measure, nor is what comes again after an outage.
		if (now < began + 2 * Window)
			return;
		const bool stands = Stands();
		if (usage == Usage::Over || (stands && now > decreased + Second))
			Decrease(now, rtt, stands || delivered < FullPath);
		else if (usage == Usage::Normal && !stands && now > decreased + Hold(rtt))
			Increase(seconds, rtt, now > decreased + Second);
		Lose(now);
		target = std::clamp(target, Lowest, Highest);
	}

	/** What may be sent; 0: not known yet. */
	uint64_t GetTarget() const	{ return target;	}
	/** What arrived, of the last half second. */
	uint64_t GetAcked() const	{ return acked;		}
	/** Whether a queue was full lately: more than was sent would not have arrived. */
	bool IsFull(uint64_t now) const	{ return fullAt && now < fullAt + 2 * Second;	}
	/** Share of packets that did not arrive, 0..1, of the last second or so. */
	double GetLoss() const		{ return loss;		}

private:
	enum class Usage { Normal, Over, Under };

	static constexpr uint64_t Window = 500000;
	static constexpr uint64_t Second = 1000000;
	static constexpr uint64_t Silence = Second;
	/** Packets sent within this belong to one group: a frame is sent at once and says nothing of the path by itself. */
	static constexpr uint64_t Burst = 5000;
	static constexpr size_t Samples = 20;
	/** Packets that are remembered at most, whatever the other side says of when they came: 100 Mbit/s and then some. */
	static constexpr size_t Most = 16384;
	/** Seconds of which the least delay is remembered. */
	static constexpr size_t Memory = 15;
	/** Less of what was sent than this arrived in the same time: a queue fills or overflows. Jitter alone makes less of a difference. */
	static constexpr double FullPath = 0.85;
	static constexpr uint64_t LongWindow = 3 * Window;
	/** A queue that no packet of a whole second got past. */
	static constexpr double StandingQueue = 100e3;
	/** Losses below this are the radio's, not a queue's: sending less would not lessen them. */
	static constexpr double ToleratedLoss = 0.2;

	struct Arrival { uint64_t time; uint32_t bytes; bool probe; };
	struct Departure { uint64_t time; uint32_t bytes; };
	struct Batch { uint64_t firstSent = 0, lastSent = 0, lastReceived = 0; };
	struct Sample { double at, delay; };

	static uint64_t Hold(uint32_t rtt) { return (rtt + 100) * 1000ull; }

	void Count(uint16_t seq, bool received)
	{
		if (!highest)
			highest = seq;
		else if (const int16_t ahead = seq - *highest; ahead > 0)
		{
			expected += ahead;
			highest = seq;
		}
		// One that was told missing before and is told received now comes late, and counts all the same.
		if (received)
			counted++;
	}

	/** The clocks differ by who knows what: only differences of `delay` say something. */
	void Delay(uint64_t at, double delay)
	{
		if (leastDelays.empty() || at >= leastDelays.back().first + Second)
			leastDelays.push_back({at, delay});
		else
			leastDelays.back().second = std::min(leastDelays.back().second, delay);
		if (leastDelays.size() > Memory)
			leastDelays.pop_front();
	}

	/** Jitter comes and goes within a second; a queue that is full stays, and its delay no longer grows. */
	bool Stands() const
	{
		if (leastDelays.size() < 3)
			return false;
		double least = leastDelays.front().second;
		for (const auto& [at, delay] : leastDelays)
			least = std::min(least, delay);
		return leastDelays[leastDelays.size() - 2].second > least + StandingQueue
			&& leastDelays.back().second > least + StandingQueue;
	}

	/** Each packet once, though those told missing may be told again. */
	void Offer(uint16_t seq, uint64_t sent, uint32_t bytes)
	{
		if (offered && int16_t(seq - *offered) <= 0)
			return;
		offered = seq;
		departures.push_back({sent, bytes});
		while (departures.front().time + LongWindow < sent || departures.size() > Most)
			departures.pop_front();
	}

	void Group(uint64_t sent, uint64_t received)
	{
		if (!current)
		{
			current = Batch{sent, sent, received};
			return;
		}
		if (sent < current->firstSent)
			return;
		if (sent - current->firstSent <= Burst)
		{
			current->lastSent = std::max(current->lastSent, sent);
			current->lastReceived = std::max(current->lastReceived, received);
			return;
		}
		if (previous)
		{
			const double sentApart = (double(current->lastSent) - double(previous->lastSent)) / 1000;
			const double receivedApart = (double(current->lastReceived) - double(previous->lastReceived)) / 1000;
			Trend(receivedApart - sentApart, sentApart, double(current->lastReceived) / 1000);
		}
		previous = current;
		current = Batch{sent, sent, received};
	}

	/** All in milliseconds. */
	void Trend(double growth, double sentApart, double at)
	{
		deltas = std::min(deltas + 1, 60);
		accumulated += growth;
		smoothed = 0.9 * smoothed + 0.1 * accumulated;
		samples.push_back({at, smoothed});
		if (samples.size() > Samples)
			samples.pop_front();
		if (samples.size() < Samples)
			return;

		double meanAt = 0, meanDelay = 0, above = 0, below = 0;
		for (const auto& sample : samples)
		{
			meanAt += sample.at / Samples;
			meanDelay += sample.delay / Samples;
		}
		for (const auto& sample : samples)
		{
			above += (sample.at - meanAt) * (sample.delay - meanDelay);
			below += (sample.at - meanAt) * (sample.at - meanAt);
		}
		if (below <= 0)
			return;
		const double slope = above / below;
		const double trend = deltas * slope * 4;

		if (trend > threshold)
		{
			overFor = overFor < 0 ? sentApart / 2 : overFor + sentApart;
			overCount++;
			if (overFor > 10 && overCount > 1 && slope >= lastSlope)
			{
				overFor = 0;
				overCount = 0;
				usage = Usage::Over;
			}
		} else {
			overFor = -1;
			overCount = 0;
			usage = trend < -threshold ? Usage::Under : Usage::Normal;
		}
		lastSlope = slope;

		// The threshold follows the jitter, quickly up and slowly down; a sudden jump is no jitter.
		if (std::abs(trend) <= threshold + 15)
		{
			const double gain = std::abs(trend) < threshold ? 0.039 : 0.0087;
			threshold += gain * (std::abs(trend) - threshold) * std::clamp(at - adaptedAt, 0.0, 100.0);
			threshold = std::clamp(threshold, 6.0, 600.0);
		}
		adaptedAt = at;
	}

	void Measure()
	{
		while (!arrivals.empty() && arrivals.front().time + LongWindow < newest)
			arrivals.pop_front();
		uint64_t all = 0, probes = 0, longer = 0, sent = 0;
		for (const auto& departure : departures)
			sent += departure.bytes;
		for (const auto& arrival : arrivals)
		{
			longer += arrival.bytes;
			if (arrival.time + Window < newest)
				continue;
			all += arrival.bytes;
			if (arrival.probe)
				probes += arrival.bytes;
		}
		acked = all * 8e6 / Window;
		ackedLonger = longer * 8e6 / LongWindow;
		delivered = sent ? double(longer) / sent : 1;
		probing = probes * 10 > all;
	}

	void Decrease(uint64_t now, uint32_t rtt, bool full)
	{
		usage = Usage::Normal;
		if (decreased && now < decreased + std::clamp<uint64_t>(rtt * 1000ull, 10000, 200000) && acked > 0.5 * target)
			return;
		decreased = now;
		if (full)
			fullAt = now;
		// A delay that grew and nothing else may have been jitter.
		const double lower = full ? 0.85 * acked : std::max(0.85 * acked, 0.92 * ackedLonger);
		capacity = capacity && acked < *capacity * 1.5 ? 0.95 * *capacity + 0.05 * acked : acked;
		target = std::min(target, std::max(lower, Lowest));
	}

	void Increase(double seconds, uint32_t rtt, bool calm)
	{
		// More may have been sent than was thought possible: what arrived without a queue is possible.
		if (calm)
			target = std::max(target, acked);
		// Nobody knows what a path carries from what was never sent on it.
		const double limit = 1.5 * acked + 10e3;
		if (target >= limit)
			return;
		if (capacity && acked > 1.3 * *capacity)
			capacity.reset();
		const bool near = capacity && target > 0.85 * *capacity && target < 1.15 * *capacity;
		const double step = probing ? target * (std::pow(1.5, seconds) - 1)
			: near ? seconds * 9600 * 1000 / (rtt + 100.0)
			: target * (std::pow(1.08, seconds) - 1);
		target = std::min(limit, target + step);
	}

	void Lose(uint64_t now)
	{
		if (now < counting + Second || expected < 20)
			return;
		loss = std::clamp(1 - double(counted) / expected, 0.0, 1.0);
		if (loss > ToleratedLoss)
		{
			// What arrives is what the path carries; but a moment's loss tells little.
			target = std::min(target, std::max(0.95 * acked, 0.7 * target));
			decreased = now;
		}
		counting = now;
		expected = counted = 0;
	}

	void Forget(uint64_t now)
	{
		previous.reset();
		current.reset();
		samples.clear();
		arrivals.clear();
		departures.clear();
		offered.reset();
		leastDelays.clear();
		highest.reset();
		usage = Usage::Normal;
		accumulated = smoothed = 0;
		deltas = 0;
		expected = counted = 0;
		counting = decreased = began = now;
	}

	std::deque<Arrival> arrivals;
	std::deque<Sample> samples;
	std::deque<std::pair<uint64_t, double>> leastDelays;
	std::optional<Batch> previous, current;
	std::deque<Departure> departures;
	std::optional<uint16_t> highest, offered;
	std::optional<double> capacity;
	Usage usage = Usage::Normal;
	double accumulated = 0, smoothed = 0, lastSlope = 0, overFor = -1, threshold = 12.5, adaptedAt = 0;
	int deltas = 0, overCount = 0;
	double target = 0, acked = 0, ackedLonger = 0, delivered = 1, loss = 0;
	bool probing = false;
	uint64_t newest = 0, updated = 0, began = 0, decreased = 0, counting = 0, fullAt = 0, expected = 0, counted = 0;
};

#endif
