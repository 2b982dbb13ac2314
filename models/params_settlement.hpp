// What a scenario can say about how a marketplace settles with us. Part of params.hpp.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"

namespace omnisim::models {

/// totals: one message with gross, commission and net. lines: a line for each principal, fee, reserve and
/// adjustment, then a message with their sum.
enum class SettlementForm : std::uint8_t { totals, lines };

/// All but the form needs lines.
struct SettlementParams {
  SettlementForm form = SettlementForm::totals;
  core::Money fulfilment_fee{};  ///< a unit that was shipped
  core::Money label_fee{};       ///< a parcel: the label that the marketplace sold us
  std::int32_t reserve_bp = 0;   ///< of each principal, withheld …
  core::Duration reserve_for = std::chrono::hours{24 * 7};  ///< … until so long after the delivery
  /// Taken with each settlement that has sales, without an order and without saying what it is; the next
  /// settlement says that it was a fulfilment fee.
  core::Money adjustment{};
};

}  // namespace omnisim::models
