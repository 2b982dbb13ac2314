// Business health: not whether calls succeed, but whether orders become money, returns become refunds and
// goods arrive. Read from the core's open items; nothing is kept for it.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/core.hpp"

namespace omnisim::core {

enum class BusinessProcess : std::uint8_t { order_to_cash, return_to_refund, stock_movement, procure_to_pay };
inline constexpr std::size_t business_process_count = 4;
std::string_view name_of(BusinessProcess process);

/// How long a business transaction of a kind may be open before it counts as stuck.
struct ItemKindRow {
  ItemKind kind;
  std::string_view name;
  BusinessProcess process;
  Duration expected;
};
/// A row for each kind, in its order.
std::span<const ItemKindRow> item_kind_table();

/// Shares of stuck transactions, in basis points of the open ones, from which on a process is not healthy.
struct HealthThresholds {
  std::int64_t degraded_bp = 100;
  std::int64_t failing_bp = 1000;
};

enum class Verdict : std::uint8_t { healthy, degraded, failing };
std::string_view name_of(Verdict verdict);

struct ProcessHealth {
  BusinessProcess process = BusinessProcess::order_to_cash;
  std::uint64_t open = 0;
  std::uint64_t stuck = 0;  ///< of these, open for longer than expected
  Time oldest = Time::max();
  Money at_stake, stuck_at_stake;
  Verdict verdict = Verdict::healthy;
};

/// At `now`, a row for each process, in order.
std::array<ProcessHealth, business_process_count> health_of(const std::vector<OpenItem>& items, Time now,
                                                            const HealthThresholds& thresholds = {});

}  // namespace omnisim::core
