#include "core/orchestration/purchase_book.hpp"

namespace omnisim::core {

std::uint32_t PurchaseBook::find_or_open(const Code& purchase, Time now) {
  std::uint32_t found = find(purchase);
  if (found != no_index) return found;
  found = static_cast<std::uint32_t>(purchases.size());
  Purchase made;
  made.code = purchase;
  made.since = now;
  purchases.push_back(made);
  purchase_index.insert(key_of(KeyKind::purchase_order, purchase), found);
  return found;
}

std::uint32_t PurchaseBook::find_line(const Purchase& purchase, std::uint32_t line_no, SkuId sku) const {
  std::uint32_t same_item = no_index;
  for (std::uint32_t i = purchase.first_line; i != no_index; i = lines[i].next) {
    if (lines[i].sku != sku) continue;
    if (lines[i].line_no == line_no) return i;
    if (same_item == no_index) same_item = i;
  }
  return same_item;
}

PurchaseLine& PurchaseBook::add_line(Purchase& purchase, PurchaseLine line) {
  const auto made = static_cast<std::uint32_t>(lines.size());
  (purchase.first_line == no_index ? purchase.first_line : lines[purchase.last_line].next) = made;
  purchase.last_line = made;
  lines.push_back(line);
  return lines[made];
}

void PurchaseBook::digest(Digest& digest) const {
  digest.add(purchases.size(), lines.size(), invoices.size(), invoice_lines.size());
  for (const Purchase& p : purchases) {
    digest.add(p.code, p.supplier, p.node, p.state, p.since, p.expected_at, p.opened_by, p.delivered_each,
               p.overdue_version, p.age_version, p.ageing, p.aged, p.open_invoices, p.first_line,
               p.last_line);
  }
  for (const PurchaseLine& l : lines) {
    digest.add(l.line_no, l.sku, l.ordered_each, l.priced_each, l.cost, l.announced_each, l.on_order_each,
               l.in_transit_each, l.delivered_each, l.receiving_each, l.accepted_each, l.rejected_each,
               l.invoiced_each, l.next);
  }
  for (const Invoice& i : invoices) {
    digest.add(i.code, i.supplier, i.purchase, i.state, i.reason, i.since, i.tax, i.amount, i.paid,
               i.first_line, i.line_count);
  }
  for (const InvoiceLine& l : invoice_lines) digest.add(l.line_no, l.sku, l.quantity_each, l.cost);
}

}  // namespace omnisim::core
