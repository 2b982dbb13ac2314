// Supply: the orchestrations in which goods move without a customer. One entry for their timers, their open
// items and their state.
#pragma once

#include <string_view>
#include <vector>

#include "core/orchestration/counts.hpp"
#include "core/orchestration/invoices.hpp"
#include "core/orchestration/purchasing.hpp"
#include "core/orchestration/snapshots.hpp"
#include "core/orchestration/transfers.hpp"

namespace omnisim::core {

struct Supply {
  Supply(Context& context, Allocation& allocation, Backorders& backorders, Shelf& shelf);

  static bool owns(TimerKind kind) {
    return kind == TimerKind::transfer_overdue || kind == TimerKind::purchase_overdue ||
           kind == TimerKind::receipt_ageing || kind == TimerKind::count_overdue;
  }
  void fire(TimerKind kind, const Timer& timer);
  bool still_wanted(TimerKind kind, const Timer& timer) const;

  /// Forgets documents that ended before.
  void forget_before(Time before) {
    transfers.forget_before(before);
    counts.forget_before(before);
  }

  void list_open(std::vector<OpenItem>& items) const;
  /// The state of a document, terminal ones included; empty where it is not known. `kind` as in OpenItem.
  std::string_view state_of(ItemKind kind, const Code& id) const;
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(transfers, purchases, purchasing, invoices, counts);
  }

  Transfers transfers;
  PurchaseBook purchases;
  Invoices invoices;
  Purchasing purchasing;
  Counts counts;
  Snapshots snapshots;
};

}  // namespace omnisim::core
