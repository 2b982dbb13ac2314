// What a scenario says about customers: how many come and when, what they want, how they pay, what they send
// back, what is promoted to them, and what they take where their first choice is shown as sold out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"
#include "sim/distribution.hpp"

namespace omnisim::models {

/// Multiplies demand in [from, to).
struct DatedFactor {
  core::Time from{}, to{};
  double factor = 1;
};

/// How demand differs over the year, on top of hours and weekdays, by the calendar of UTC. Weights have mean
/// 1 once read, so that `per_day` stays the year's mean; dated factors multiply as they stand.
struct SeasonParams {
  std::vector<double> months{};     ///< 12, January first; or
  std::vector<double> iso_weeks{};  ///< 52 or 53; a week 53 that is not given is as week 52. Empty: flat
  std::vector<DatedFactor> dates{};
  bool empty() const { return months.empty() && iso_weeks.empty() && dates.empty(); }
};

/// The share of customers who take another item where one is shown as sold out, or is not on a store's shelf.
struct SubstitutionParams {
  double share = 0;            ///< of customers
  double price_within = 0.3;   ///< another item costs at most so much more or less, as a share of the price
  std::uint32_t looks_at = 5;  ///< so many items of the category, nearest in price first
};

/// What promotions name beside channels: the tills of all stores.
inline constexpr std::string_view tills_word = "tills";

/// Some items are wanted more for a time. What more of them is sold is partly taken from the others.
struct PromotionParams {
  core::Time from{}, to{};
  std::vector<std::string> items{};     ///< codes; or
  double catalogue_share = 0;           ///< … so much of the catalogue, evenly over the order of its items
  std::vector<std::string> channels{};  ///< codes, "tills"; empty: everywhere
  double lift = 1;                      ///< times as many units of promoted items are wanted
  std::int32_t price_off_bp = 0;        ///< off their price; booked as a discount
  double cannibalisation = 0;  ///< of the extra units, those that customers would have bought of others
  double dip = 0;              ///< units of promoted items that are not wanted afterwards: bought ahead
  core::Duration dip_for{};    ///< so long after `to`
};

struct DemandParams {
  std::vector<double> hour_weights;     ///< 24 of an ordinary day or 168 of a week from Monday; empty = flat
  std::vector<double> weekday_weights;  ///< 7 from Monday, with mean 1 once read; empty = flat
  SeasonParams season;
  double store_sales_per_day = 0;      ///< tills, each store
  sim::Distribution lines_per_order;   ///< rounded, at least 1
  sim::Distribution units_per_line;    ///< rounded, at least 1; 0: as the channel's multi_unit says
  double gift_card_share = 0;          ///< orders and sales that use a gift card for part of the price
  double gift_cards_sold_per_day = 0;  ///< whole estate
  double cash_share = 0.3;             ///< till sales paid in cash
  double decline_share = 0;            ///< card payments declined
  double return_share_online = 0;      ///< units returned after delivery
  double return_share_store = 0;       ///< units of till sales returned to the same store
  double return_in_store_share = 0.5;  ///< online returns that go to a store
  double return_damaged_share = 0.1;
  sim::Distribution return_after;       ///< seconds after delivery or sale
  bool mail_returns_to_any_dc = false;  ///< false: by mail to the first DC
  double collect_share = 0;             ///< orders of web shops that are collected at a store
  sim::Distribution collect_after{};    ///< seconds from "ready" until the customer comes
  double no_show_share = 0;             ///< … who never comes
  core::Money shipping_fee{495};
  std::int32_t tax_bp = 2000;
  core::Duration promise = std::chrono::hours{72};  ///< promised shipping time after the order
  double erp_calls_per_s = 0;  ///< further calls straight to the ERP's API (Poisson), for capacity questions
  SubstitutionParams substitution;
  std::vector<PromotionParams> promotions;
};

/// Some items are wanted `factor` times as much in a channel as elsewhere.
struct MixParams {
  std::vector<std::string> items{};
  double factor = 1;
};

/// What is otherwise about the customers of one channel: whatever is said here stands in place of what the
/// demand section says.
struct ChannelDemandParams {
  std::vector<double> hour_weights{}, weekday_weights{};  ///< empty: as in the demand section
  std::optional<SeasonParams> season{};
  std::optional<sim::Distribution> lines_per_order{}, units_per_line{};
  std::optional<double> zipf_exponent{};  ///< of generated items
  std::vector<MixParams> mix{};
  std::int32_t price_bp = 10'000;  ///< its prices, in basis points of the catalogue's
  std::optional<double> gift_card_share{}, decline_share{};
  std::optional<double> return_share{}, return_in_store_share{}, return_damaged_share{};
  std::optional<sim::Distribution> return_after{};
};

}  // namespace omnisim::models
