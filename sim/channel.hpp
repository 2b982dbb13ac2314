// A typed one-way channel: what is sent arrives after the way's latency, unless a fault decides otherwise.
// Payloads wait in a pool of slots, so a message costs no allocation.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "sim/calendar.hpp"
#include "sim/distribution.hpp"
#include "sim/faults.hpp"
#include "sim/platform.hpp"

namespace omnisim::sim {

template <class T>
class Receiver {
 public:
  virtual void receive(Time now, T& payload) = 0;

 protected:
  ~Receiver() = default;
};

/// What the *simulation* knows of a send. A real sender learns of `refused` at once and of `lost` only by a
/// missing answer.
struct Sent {
  bool refused = false;
  bool lost = false;
  std::uint32_t copies = 1;  ///< that will arrive, where neither refused nor lost
  Time arrives{};            ///< of the first copy, where not lost; not known for a shared link
};

struct ChannelCounters {
  std::uint64_t sent = 0, delivered = 0, lost = 0, duplicated = 0, refused = 0, in_flight = 0;
};

struct ChannelSpec {
  Distribution latency;        ///< seconds
  bool fifo = false;           ///< delivery never overtakes; on a shared link: one transfer after the other
  std::optional<LinkId> link;  ///< its latency and bandwidth come on top
};

template <class T>
class Channel final : private Handler {
 public:
  Channel(Engine& engine, Platform& platform, ChannelSpec spec, Stream& stream,
          std::unique_ptr<LinkFaults> faults, Receiver<T>& receiver)
      : engine_(engine),
        platform_(platform),
        spec_(std::move(spec)),
        is_shared_(spec_.link && platform.is_shared(*spec_.link)),
        stream_(stream),
        faults_(std::move(faults)),
        receiver_(receiver) {}

  Sent send(const T& payload, std::uint64_t bytes) {
    ++counters_.sent;
    const Time now = engine_.now();
    const Verdict verdict = faults_ ? faults_->decide(now) : Verdict{};
    const Duration latency = spec_.latency.sample_duration(stream_);
    if (verdict.refused) {
      ++counters_.refused;
      return {.refused = true, .copies = 0};
    }
    if (verdict.lost) {
      ++counters_.lost;
      return {.lost = true, .copies = 0};
    }
    const Time first = dispatch(payload, bytes, now + latency + verdict.extra_delay);
    if (verdict.copies > 1) {
      ++counters_.duplicated;
      dispatch(payload, bytes, now + latency + verdict.extra_delay + verdict.copy_gap);
    }
    return {.copies = verdict.copies, .arrives = first};
  }
  const ChannelCounters& counters() const { return counters_; }

 private:
  /// A message that has its latency behind it and the shared link before it.
  static constexpr std::uint64_t via_link = std::uint64_t{1} << 63;

  Time dispatch(const T& payload, std::uint64_t bytes, Time at) {
    const std::uint64_t slot = put(payload, bytes);
    ++counters_.in_flight;
    if (spec_.link && !is_shared_) at += platform_.delay(*spec_.link, bytes);
    if (spec_.fifo) at = last_ = std::max(last_, at);
    engine_.calendar().schedule(at, deliver_priority, *this, is_shared_ ? slot | via_link : slot);
    return at;
  }
  void on_event(Time now, std::uint64_t arg) override {
    const std::uint64_t slot = arg & ~via_link;
    if ((arg & via_link) != 0) {
      if (spec_.fifo && std::exchange(link_taken_, true)) {
        queue_.push_back(slot);
      } else {
        transfer(slot);
      }
      return;
    }
    if (spec_.fifo && is_shared_) next_transfer();
    T payload = std::move(slots_[slot].payload);
    --counters_.in_flight;
    ++counters_.delivered;
    receiver_.receive(now, payload);
    slots_[slot].payload = std::move(payload);  // Its memory serves the next message of this slot.
    free_.push_back(slot);
  }
  void transfer(std::uint64_t slot) { platform_.transfer(*spec_.link, slots_[slot].bytes, *this, slot); }
  void next_transfer() {
    link_taken_ = !queue_.empty();
    if (!link_taken_) return;
    transfer(queue_.front());
    queue_.pop_front();
  }
  std::uint64_t put(const T& payload, std::uint64_t bytes) {
    if (free_.empty()) {
      slots_.push_back({payload, bytes});
      return slots_.size() - 1;
    }
    const std::uint64_t slot = free_.back();
    free_.pop_back();
    slots_[slot].payload = payload;
    slots_[slot].bytes = bytes;
    return slot;
  }

  struct Slot {
    T payload;
    std::uint64_t bytes;
  };
  Engine& engine_;
  Platform& platform_;
  ChannelSpec spec_;
  bool is_shared_;
  Stream& stream_;
  std::unique_ptr<LinkFaults> faults_;
  Receiver<T>& receiver_;
  Time last_ = Time::min();          ///< fifo: the latest delivery (or entry to the link) so far
  bool link_taken_ = false;          ///< fifo on a shared link: a transfer is under way, …
  std::deque<std::uint64_t> queue_;  ///< … and these wait for its end
  std::vector<Slot> slots_;
  std::vector<std::uint64_t> free_;
  ChannelCounters counters_;
};

}  // namespace omnisim::sim
