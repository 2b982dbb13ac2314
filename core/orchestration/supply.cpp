#include "core/orchestration/supply.hpp"

namespace omnisim::core {

Supply::Supply(Context& context, Allocation& allocation, Backorders& backorders, Shelf& shelf)
    : transfers(context, allocation),
      invoices(context, purchases),
      purchasing(context, purchases, invoices, allocation, backorders),
      counts(context, allocation, shelf),
      snapshots(context, allocation, shelf, counts) {}

void Supply::fire(TimerKind kind, const Timer& timer) {
  if (kind == TimerKind::transfer_overdue) transfers.overdue(timer.subject);
  if (kind == TimerKind::purchase_overdue) purchasing.overdue(timer.subject);
  if (kind == TimerKind::receipt_ageing) invoices.age(timer.subject);
  if (kind == TimerKind::count_overdue) counts.overdue(timer.subject);
}

bool Supply::still_wanted(TimerKind kind, const Timer& timer) const {
  if (kind == TimerKind::transfer_overdue) return transfers.still_wanted(timer);
  if (kind == TimerKind::purchase_overdue) return purchasing.still_wanted(timer);
  if (kind == TimerKind::receipt_ageing) return invoices.still_wanted(timer);
  return counts.still_wanted(timer);
}

void Supply::list_open(std::vector<OpenItem>& items) const {
  transfers.list_open(items);
  purchasing.list_open(items);
  invoices.list_open(items);
  counts.list_open(items);
}

std::string_view Supply::state_of(ItemKind kind, const Code& id) const {
  if (kind == ItemKind::transfer) return transfers.state_of(id);
  if (kind == ItemKind::purchase_order) return purchasing.state_of(id);
  if (kind == ItemKind::invoice) return invoices.state_of(id);
  if (kind == ItemKind::count) return counts.state_of(id);
  return {};
}

void Supply::digest(Digest& digest) const {
  transfers.digest(digest);
  purchases.digest(digest);
  purchasing.digest(digest);
  invoices.digest(digest);
  counts.digest(digest);
}

}  // namespace omnisim::core
