// Alarms at any time, in (due, set) order: a binary heap. Whoever set one says whether it is still wanted;
// those that are not are dropped when they come up, or when they are more than half of all.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/canonical/time.hpp"
#include "core/support/digest.hpp"

namespace omnisim::core {

struct Alarm {
  Time due;
  std::uint64_t number = 0;   ///< order of setting, the tie-break
  std::uint32_t subject = 0;  ///< whose it is
  bool of_api = false;        ///< subject is an API, not a command
  std::uint64_t version = 0;  ///< of the subject when set; another one makes it stale
};

class Alarms {
 public:
  void set(Time due, std::uint32_t subject, bool of_api, std::uint64_t version) {
    heap_.push_back({due, ++set_, subject, of_api, version});
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
  std::optional<Time> next() const {
    if (heap_.empty()) return std::nullopt;
    return heap_.front().due;
  }
  Alarm pop() {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    const Alarm alarm = heap_.back();
    heap_.pop_back();
    return alarm;
  }
  /// Afterwards the first is one that is wanted. `wanted_at_most` bounds how many can be.
  template <class Wanted>
  void drop_stale(std::size_t wanted_at_most, Wanted wanted) {
    if (heap_.size() > 2 * wanted_at_most + 64) {
      std::erase_if(heap_, [&](const Alarm& alarm) { return !wanted(alarm); });
      std::make_heap(heap_.begin(), heap_.end(), later);
    }
    while (!heap_.empty() && !wanted(heap_.front())) pop();
  }

  std::size_t size() const { return heap_.size(); }
  void digest(Digest& digest) const {
    digest.add(set_, heap_.size());
    for (const Alarm& a : heap_) digest.add(a.due, a.number, a.subject, a.of_api, a.version);
  }
  template <class Archive>
  void archive(Archive& a) {
    a(heap_, set_);
  }

 private:
  static bool later(const Alarm& a, const Alarm& b) {
    return a.due != b.due ? a.due > b.due : a.number > b.number;
  }
  std::vector<Alarm> heap_;
  std::uint64_t set_ = 0;
};

}  // namespace omnisim::core
