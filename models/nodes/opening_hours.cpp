#include "models/nodes/opening_hours.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;

constexpr sim::Duration day = 24h, week = 7 * day;
/// 1970-01-05 was a Monday.
constexpr sim::Time a_monday{4 * day};

}  // namespace

std::size_t weekday_number(std::string_view name) {
  return static_cast<std::size_t>(std::find(weekdays.begin(), weekdays.end(), name) - weekdays.begin());
}

OpeningHours::OpeningHours(const StoreParams& store) : offset_(std::chrono::minutes{store.utc_offset_min}) {
  for (const HoursParams& hours : store.opening_hours) {
    for (std::size_t d = 0; d < weekdays.size(); ++d) {
      const auto is_today = [&](const std::string& name) { return weekday_number(name) == d; };
      if (!hours.days.empty() && std::none_of(hours.days.begin(), hours.days.end(), is_today)) continue;
      const sim::Duration midnight = day * d;
      week_.emplace_back(midnight + hours.from, midnight + hours.to);
    }
  }
  std::sort(week_.begin(), week_.end());
  // What touches or overlaps is one interval.
  std::vector<Interval> merged;
  for (const Interval& next : week_) {
    if (!merged.empty() && next.first <= merged.back().second)
      merged.back().second = std::max(merged.back().second, next.second);
    else
      merged.push_back(next);
  }
  week_ = std::move(merged);
}

sim::Duration OpeningHours::into_week(sim::Time now) const {
  const sim::Duration since = (now + offset_ - a_monday) % week;
  return since < sim::Duration{} ? since + week : since;
}

bool OpeningHours::open(sim::Time now) const { return next_open(now) == now; }

sim::Time OpeningHours::next_open(sim::Time now) const {
  if (week_.empty()) return now;
  const sim::Duration here = into_week(now);
  for (const auto& [from, to] : week_) {
    if (here < to) return now + (std::max(from, here) - here);
  }
  return now + (week - here + week_.front().first);
}

sim::Time OpeningHours::done(sim::Time now, sim::Duration length) const {
  if (week_.empty()) return now + length;
  for (sim::Time at = next_open(now);;) {
    const sim::Duration here = into_week(at);
    const auto shift = std::find_if(week_.begin(), week_.end(),
                                    [&](const Interval& interval) { return here < interval.second; });
    const sim::Duration left = shift->second - here;
    if (length <= left) return at + length;
    length -= left;
    at = next_open(at + left);
  }
}

}  // namespace omnisim::models
