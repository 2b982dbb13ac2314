// When the ERP's API takes calls: not in maintenance, and no more than so many in a window. Whoever is
// refused is told when to come again (over HTTP: 503 or 429, with Retry-After).
#pragma once

#include <algorithm>
#include <span>

#include "models/erp/params.hpp"
#include "sim/time.hpp"

namespace omnisim::models {

/// The end of the window that `now` is in; `now` where it is in none.
inline sim::Time end_of_window(std::span<const ErpWindowParams> windows, sim::Time now) {
  sim::Time end = now;
  for (const ErpWindowParams& window : windows) {
    if (now < window.from) continue;
    const sim::Duration round =
        window.every.count() > 0 ? (now - window.from) / window.every * window.every : sim::Duration{};
    if (now < window.to + round) end = std::max(end, window.to + round);
  }
  return end;
}

class ApiHours {
 public:
  /// `params` must outlive this.
  explicit ApiHours(const ErpParams& params) : params_(params) {}

  /// The end of the maintenance that is under way; `now` where none is.
  sim::Time maintained_until(sim::Time now) const { return end_of_window(params_.maintenance, now); }
  /// Takes one call of the window that `now` is in. The begin of the next one where it is used up; else
  /// `now`.
  sim::Time take(sim::Time now) {
    if (params_.calls == 0) return now;
    const sim::Time midnight = std::chrono::floor<std::chrono::days>(now);
    const sim::Time window = midnight + (now - midnight) / params_.per * params_.per;
    if (window != window_) window_ = window, taken_ = 0;
    if (taken_ == params_.calls)
      return std::min<sim::Time>(window + params_.per, midnight + std::chrono::days{1});
    ++taken_;
    return now;
  }

 private:
  const ErpParams& params_;
  sim::Time window_ = sim::Time::min();
  std::uint32_t taken_ = 0;  ///< in that window
};

}  // namespace omnisim::models
