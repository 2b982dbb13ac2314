// procure-to-pay, the money: each supplier's invoice is matched three ways, against the order's prices and
// the receipts' quantities, approved or held, and paid. GR/IR (account 2050) is what was received and not
// invoiced; where the two differ for too long, a break is open.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/orchestration/context.hpp"
#include "core/orchestration/purchase_book.hpp"

namespace omnisim::core {

class Invoices {
 public:
  Invoices(Context& context, PurchaseBook& book) : c_(context), book_(book) {}

  /// Under the number of one that is held: its correction.
  Outcome received(const InvoiceReceived& body, const Event& event);
  Outcome paid(const InvoicePaid& body);

  /// What was ordered, accepted or invoiced of `purchase` has changed: held invoices may match now, the
  /// difference of receipts and invoices begins or ends, and all may be done.
  void reconcile(std::uint32_t purchase);
  void age(std::uint32_t purchase);
  bool still_wanted(const Timer& timer) const;

  void list_open(std::vector<OpenItem>& items) const;
  std::string_view state_of(const Code& code) const;
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(held_);
  }

 private:
  /// What an invoice comes to at the order's prices, and what it asks more.
  struct Matched {
    Money value, variance;
  };
  std::uint32_t find(const Code& code) const {
    return book_.invoice_index.find(key_of(KeyKind::invoice, code));
  }
  std::uint32_t find_or_open(const Code& code);
  void write(Invoice& invoice, const InvoiceReceived& body, const Event& event);
  /// Nothing when everything agrees; its quantities are counted as invoiced then.
  std::optional<HoldReason> match(const Invoice& invoice, Matched& matched);
  std::optional<HoldReason> match_line(const Purchase& purchase, std::uint32_t line, const InvoiceLine& asked,
                                       Matched& matched);
  void try_to_approve(std::uint32_t invoice, bool is_news);
  void watch_difference(std::uint32_t purchase);
  void settle(std::uint32_t purchase);
  std::int64_t tolerated_each(const Purchase& purchase, const PurchaseLine& line) const;
  /// Invoiced less accepted, at the order's prices: what is wrong with 2050.
  Money difference(const Purchase& purchase) const;

  Context& c_;
  PurchaseBook& book_;
  std::vector<std::uint32_t> held_;  ///< invoices, oldest first
};

}  // namespace omnisim::core
