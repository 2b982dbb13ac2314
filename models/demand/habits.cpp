#include "models/demand/habits.hpp"

#include <algorithm>
#include <numeric>

namespace omnisim::models {
namespace {

using std::chrono::days;

constexpr double units_of_multi = 1.4;  // 1, 2 or 3 of a kind: 70, 20 and 10 %.

template <class T>
void override(T& value, const std::optional<T>& other) {
  if (other) value = *other;
}
void override(std::vector<double>& value, const std::vector<double>& other) {
  if (!other.empty()) value = other;
}

/// The ISO week of a day is that of its Thursday, which decides the year as well.
std::size_t iso_week(std::chrono::sys_days day) {
  const std::chrono::sys_days thursday = day - (std::chrono::weekday(day) - std::chrono::Monday) + days{3};
  const auto year = std::chrono::year_month_day(thursday).year();
  return static_cast<std::size_t>((thursday - std::chrono::sys_days{year / 1 / 1}) / days{7});  // from 0
}

/// Weights relative to their mean; days of one month or week are one factor.
template <class Index>
void add_daily(std::vector<sim::RateMultiplier>& factors, const std::vector<double>& weights,
               const CalendarParams& calendar, Index index) {
  const double mean =
      std::accumulate(weights.begin(), weights.end(), 0.0) / static_cast<double>(weights.size());
  std::size_t last = weights.size();
  for (auto day = std::chrono::floor<days>(calendar.from); Time{day} < calendar.to; day += days{1}) {
    const std::size_t i = std::min(index(day), weights.size() - 1);
    if (i == last) {
      factors.back().to = Time{day + days{1}};
    } else {
      factors.push_back({.from = Time{day}, .to = Time{day + days{1}}, .factor = weights[i] / mean});
    }
    last = i;
  }
}

}  // namespace

std::vector<sim::RateMultiplier> season_factors(const SeasonParams& season, const CalendarParams& calendar) {
  std::vector<sim::RateMultiplier> factors;
  if (!season.months.empty()) {
    add_daily(factors, season.months, calendar, [](std::chrono::sys_days day) {
      return static_cast<std::size_t>(static_cast<unsigned>(std::chrono::year_month_day(day).month()) - 1);
    });
  }
  if (!season.iso_weeks.empty()) add_daily(factors, season.iso_weeks, calendar, iso_week);
  for (const DatedFactor& dated : season.dates)
    factors.push_back({.from = dated.from, .to = dated.to, .factor = dated.factor});
  return factors;
}

Habits habits_of(const EstateParams& params, const ChannelParams* channel) {
  const DemandParams& demand = params.demand;
  Habits habits{.per_day = channel == nullptr ? demand.store_sales_per_day : channel->orders_per_day,
                .hour_weights = demand.hour_weights,
                .weekday_weights = demand.weekday_weights,
                .season = {},
                .lines_per_order = demand.lines_per_order,
                .units_per_line = demand.units_per_line,
                .return_after = demand.return_after,
                .gift_card_share = demand.gift_card_share,
                .decline_share = demand.decline_share,
                .return_share = channel == nullptr ? demand.return_share_store : demand.return_share_online,
                .return_in_store_share = demand.return_in_store_share,
                .return_damaged_share = demand.return_damaged_share};
  SeasonParams season = demand.season;
  if (channel != nullptr) habits.multi_unit = channel->multi_unit;
  if (channel != nullptr && channel->demand) {
    const ChannelDemandParams& own = *channel->demand;
    override(habits.hour_weights, own.hour_weights);
    override(habits.weekday_weights, own.weekday_weights);
    // A week by the hour has its weekdays in it.
    if (own.hour_weights.size() > 24 && own.weekday_weights.empty()) habits.weekday_weights.clear();
    override(season, own.season);
    override(habits.lines_per_order, own.lines_per_order);
    override(habits.units_per_line, own.units_per_line);
    override(habits.return_after, own.return_after);
    override(habits.gift_card_share, own.gift_card_share);
    override(habits.decline_share, own.decline_share);
    override(habits.return_share, own.return_share);
    override(habits.return_in_store_share, own.return_in_store_share);
    override(habits.return_damaged_share, own.return_damaged_share);
    habits.price_bp = own.price_bp;
  }
  habits.season = season_factors(season, params.calendar);
  return habits;
}

double Habits::mean_lines() const {
  return lines_per_order.is_zero() ? 1.0 : std::max(1.0, lines_per_order.mean());
}

double Habits::mean_units() const {
  if (!units_per_line.is_zero()) return std::max(1.0, units_per_line.mean());
  return multi_unit ? units_of_multi : 1.0;
}

}  // namespace omnisim::models
