// What a scenario can say about stores, and about the carrier that takes parcels from them. Part of
// params.hpp, which says what holds for all parameters.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/canonical/time.hpp"
#include "models/params_freight.hpp"
#include "sim/distribution.hpp"

namespace omnisim::models {

using core::Duration;

inline constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// When stores are open, by their own clocks.
struct HoursParams {
  std::vector<std::string> days;                                       ///< "mon" … "sun"; empty = every day
  Duration from = std::chrono::hours{9}, to = std::chrono::hours{20};  ///< after local midnight
};
struct StoreParams {
  sim::Distribution pick_time;               ///< seconds until staff picks an online order
  std::vector<HoursParams> opening_hours{};  ///< empty = always open
  std::int32_t utc_offset_min = 0;           ///< of the stores' clocks on the wall
  std::uint32_t pickers = 0;          ///< staff who pick online orders, each store; 0 = as many as it takes
  std::uint32_t picks_per_hour = 60;  ///< units that one of them picks
  bool unpacks = false;       ///< what is packed and called back before the carrier comes is unpacked again
  double stolen_per_day = 0;  ///< units, each store
  double damaged_per_day = 0;
  Duration count_every{};       ///< cycle counts; 0 = none before the final stocktake
  double count_share = 0;       ///< share of SKUs counted each time
  bool final_stocktake = true;  ///< everything is counted when demand has ended
};
struct CarrierParams {
  sim::Distribution transit;  ///< seconds from pick-up to delivery
  double lost_share = 0;
  double return_to_sender_share = 0;  ///< parcels that nobody takes: they go back where they came from
  std::uint32_t scans_each = 0;       ///< scans of a parcel on its way, the first one at its pick-up
  double missing_scan_share = 0;      ///< parcels whose last scan is never made
  double out_of_order_share = 0;      ///< scans on the way that are sent only after the parcel's last one
  sim::Distribution scan_delay;       ///< seconds until a scan is sent
  FreightParams freight{};
};
}  // namespace omnisim::models
