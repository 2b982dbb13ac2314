#include "core/observe/health.hpp"

#include <algorithm>

namespace omnisim::core {

namespace {

using enum BusinessProcess;
using std::chrono::hours;

constexpr std::array<ItemKindRow, item_kind_count> kinds{{
    {ItemKind::order, "order", order_to_cash, hours{24 * 5}},
    {ItemKind::payment, "payment", order_to_cash, hours{24 * 2}},
    {ItemKind::gift_card, "gift card", order_to_cash, hours{24 * 5}},
    {ItemKind::remittance, "remittance", order_to_cash, hours{24 * 7}},
    {ItemKind::dispute, "dispute", order_to_cash, hours{24 * 90}},
    {ItemKind::difference, "break", order_to_cash, hours{24 * 5}},
    {ItemKind::entry, "entry", order_to_cash, hours{24 * 2}},
    {ItemKind::period, "period", order_to_cash, hours{24 * 7}},
    {ItemKind::refund, "refund", return_to_refund, hours{24 * 5}},
    {ItemKind::goods_return, "return", return_to_refund, hours{24 * 14}},
    {ItemKind::transfer, "transfer", stock_movement, hours{24 * 4}},
    {ItemKind::count, "count", stock_movement, hours{24 * 3}},
    {ItemKind::purchase_order, "purchase order", procure_to_pay, hours{24 * 30}},
    {ItemKind::invoice, "invoice", procure_to_pay, hours{24 * 45}},
    {ItemKind::receipt, "GR/IR", procure_to_pay, hours{24 * 14}},
    {ItemKind::backorder, "back-order", order_to_cash, hours{24 * 30}},
}};

constexpr bool table_is_in_order() {
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (static_cast<std::size_t>(kinds[i].kind) != i) return false;
  }
  return true;
}
static_assert(table_is_in_order(), "the table is indexed by ItemKind");

Verdict verdict_of(const ProcessHealth& health, const HealthThresholds& thresholds) {
  const auto share_bp =
      static_cast<std::int64_t>(health.stuck * 10'000 / std::max<std::uint64_t>(health.open, 1));
  if (share_bp >= thresholds.failing_bp) return Verdict::failing;
  return share_bp >= thresholds.degraded_bp ? Verdict::degraded : Verdict::healthy;
}

}  // namespace

std::string_view name_of(BusinessProcess process) {
  static constexpr std::array<std::string_view, business_process_count> names{
      "order-to-cash", "return-to-refund", "stock movement", "procure-to-pay"};
  return names[static_cast<std::size_t>(process)];
}

std::string_view name_of(Verdict verdict) {
  static constexpr std::array<std::string_view, 3> names{"healthy", "degraded", "failing"};
  return names[static_cast<std::size_t>(verdict)];
}

std::span<const ItemKindRow> item_kind_table() { return kinds; }
std::string_view name_of(ItemKind kind) { return kinds[static_cast<std::size_t>(kind)].name; }

std::array<ProcessHealth, business_process_count> health_of(const std::vector<OpenItem>& items, Time now,
                                                            const HealthThresholds& thresholds) {
  std::array<ProcessHealth, business_process_count> all;
  for (std::size_t i = 0; i < all.size(); ++i) all[i].process = static_cast<BusinessProcess>(i);
  for (const OpenItem& item : items) {
    const ItemKindRow& row = kinds[static_cast<std::size_t>(item.kind)];
    ProcessHealth& health = all[static_cast<std::size_t>(row.process)];
    const bool stuck = now - item.since > row.expected;
    ++health.open;
    health.stuck += stuck;
    health.oldest = std::min(health.oldest, item.since);
    health.at_stake += item.at_stake;
    if (stuck) health.stuck_at_stake += item.at_stake;
  }
  for (ProcessHealth& health : all) health.verdict = verdict_of(health, thresholds);
  return all;
}

}  // namespace omnisim::core
