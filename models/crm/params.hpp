// What a scenario can say about the CRM and its loyalty scheme.
#pragma once

#include <cstdint>

#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"

namespace omnisim::models {

struct CrmParams {
  std::uint32_t points_per_unit =
      0;                          ///< points for each currency unit of the price, net of tax; 0: no scheme
  core::Money point_value{1};     ///< what a point takes off a price, tax included
  std::int32_t breakage_bp = 0;   ///< points that nobody is expected to redeem
  core::Duration expire_after{};  ///< of no movement on an account; 0: never
  // generated customers
  double member_share = 0;               ///< purchases by members
  std::uint32_t members = 1000;          ///< persons; each has one number in stores and another online
  core::Duration merged_after{};         ///< from the day both numbers are known to the merger; 0: never
  std::uint32_t redeem_from_points = 0;  ///< who has so many redeems them at the next till; 0: nobody
};

}  // namespace omnisim::models
