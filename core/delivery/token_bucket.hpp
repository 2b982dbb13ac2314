// A token bucket in one number: the instant at which it will be full again (the "theoretical arrival time" of
// ATM's generic cell rate algorithm). No fractions, and nothing to refill.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/canonical/time.hpp"

namespace omnisim::core {

struct TokenBucket {
  Time full_at{};

  /// When a token can be taken: now or earlier, or at that time. `interval` brings one token; the bucket
  /// holds `burst` ≥ 1.
  Time next(Duration interval, std::uint32_t burst) const {
    return full_at - interval * (std::int64_t{burst} - 1);
  }
  void take(Time now, Duration interval) { full_at = std::max(full_at, now) + interval; }
};

}  // namespace omnisim::core
