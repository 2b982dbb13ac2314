// The purchase orders and supplier invoices that the core knows. Plain tables; purchasing and invoices hold
// the rules.
#pragma once

#include <cstdint>

#include "core/canonical/event.hpp"
#include "core/orchestration/order_book.hpp"
#include "core/orchestration/procure_to_pay.hpp"

namespace omnisim::core {

/// One line of a purchase order, or goods that came with it unasked (ordered none).
struct PurchaseLine {
  std::uint32_t line_no = 0;
  SkuId sku;
  std::int32_t ordered_each = 0;
  std::int32_t priced_each = 1;  ///< `cost` is for so many
  Money cost;
  std::int32_t announced_each = 0;   ///< by ship notices
  std::int32_t on_order_each = 0;    ///< booked in that bucket at the order's node
  std::int32_t in_transit_each = 0;  ///< likewise
  std::int32_t delivered_each = 0;   ///< all that came, for whatever it was good
  std::int32_t receiving_each = 0;   ///< accepted, not put away yet
  std::int32_t accepted_each = 0;    ///< to be paid for: less what went back
  std::int32_t rejected_each = 0;    ///< less what went back
  std::int32_t invoiced_each = 0;    ///< by invoices that are approved
  std::uint32_t next = no_index;

  /// What the accepted units numbered (`from`, `to`] cost by the order; negative where `to` is below `from`.
  Money value(std::int32_t from, std::int32_t to) const { return share(cost, priced_each, from, to); }
};

struct Purchase {
  Code code, supplier;
  NodeId node;
  PurchaseState state = PurchaseState::unknown;
  Time since;
  Time expected_at;
  Code opened_by;  ///< id of the message
  std::int64_t delivered_each = 0;
  std::uint64_t overdue_version = 0;  ///< of its timers
  std::uint64_t age_version = 0;
  bool ageing = false;  ///< received and invoiced differ, and a timer watches it
  bool aged = false;    ///< for too long: a break is open
  std::uint32_t open_invoices = 0;
  std::uint32_t first_line = no_index, last_line = no_index;
};

struct InvoiceLine {
  std::uint32_t line_no = 0;
  SkuId sku;
  std::int32_t quantity_each = 0;
  Money cost;
};

struct Invoice {
  Code code, supplier;
  std::uint32_t purchase = 0;
  InvoiceState state = InvoiceState::unknown;
  HoldReason reason = HoldReason::quantity;  ///< held only
  Time since;
  Money tax, amount, paid;
  std::uint32_t first_line = 0, line_count = 0;
};

struct PurchaseBook {
  Pool<Purchase> purchases;
  Pool<PurchaseLine> lines;
  Pool<Invoice> invoices;
  Pool<InvoiceLine> invoice_lines;
  Index purchase_index, invoice_index;

  std::uint32_t find(const Code& purchase) const {
    return purchase_index.find(key_of(KeyKind::purchase_order, purchase));
  }
  std::uint32_t find_or_open(const Code& purchase, Time now);
  /// The line with the same number and item, else the first with that item; `no_index` if none.
  std::uint32_t find_line(const Purchase& purchase, std::uint32_t line_no, SkuId sku) const;
  PurchaseLine& add_line(Purchase& purchase, PurchaseLine line);

  template <class Act>
  void for_each_line(const Purchase& purchase, Act act) {
    for (std::uint32_t i = purchase.first_line; i != no_index; i = lines[i].next) act(lines[i]);
  }
  template <class Act>
  void for_each_line(const Purchase& purchase, Act act) const {
    for (std::uint32_t i = purchase.first_line; i != no_index; i = lines[i].next) act(lines[i]);
  }

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(purchases, lines, invoices, invoice_lines, purchase_index, invoice_index);
  }
};

}  // namespace omnisim::core
