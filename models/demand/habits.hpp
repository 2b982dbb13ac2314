// How the customers of one seller behave: what the demand section says, with what a channel says otherwise.
#pragma once

#include <vector>

#include "models/params.hpp"
#include "sim/arrivals.hpp"

namespace omnisim::models {

struct Habits {
  double per_day = 0;  ///< orders of the channel, or sales of one store
  std::vector<double> hour_weights, weekday_weights;
  std::vector<sim::RateMultiplier> season;
  sim::Distribution lines_per_order, units_per_line, return_after;
  double gift_card_share = 0, decline_share = 0;
  double return_share = 0, return_in_store_share = 0, return_damaged_share = 0;
  std::int32_t price_bp = 10'000;  ///< its prices, of the catalogue's
  bool multi_unit = false;

  double mean_lines() const;
  double mean_units() const;
};

/// `channel` null: customers at the tills.
Habits habits_of(const EstateParams& params, const ChannelParams* channel);

/// The season as factors of demand, from the first to the last day of the calendar.
std::vector<sim::RateMultiplier> season_factors(const SeasonParams& season, const CalendarParams& calendar);

}  // namespace omnisim::models
