// procure-to-pay, the goods: a purchase order, its ship notices, its receipts at the dock, its way to the
// shelf, and what goes back. A receipt of an order that nobody has told the core of goes straight to the
// shelf (shelf.hpp).
#pragma once

#include <string_view>
#include <vector>

#include "core/orchestration/allocation.hpp"
#include "core/orchestration/invoices.hpp"
#include "core/orchestration/purchase_book.hpp"

namespace omnisim::core {

class Purchasing {
 public:
  Purchasing(Context& context, PurchaseBook& book, Invoices& invoices, Allocation& allocation,
             Backorders& backorders)
      : c_(context), book_(book), invoices_(invoices), allocation_(allocation), backorders_(backorders) {}

  bool knows(const Code& purchase) const;
  Outcome approved(const PurchaseOrderApproved& body, const Event& event);
  Outcome announced(const AsnReceived& body, const Event& event);
  /// Lines in damaged condition are rejected: they wait for their way back, and are not paid for.
  Outcome received(const StockReceived& body, const Event& event);
  /// Lines in damaged condition broke on their way to the shelf: that is our loss.
  Outcome put_away(const StockPutAway& body, const Event& event);
  /// Lines in damaged condition are of the rejected ones.
  Outcome sent_back(const SupplierReturnShipped& body, const Event& event);

  void overdue(std::uint32_t purchase);
  bool still_wanted(const Timer& timer) const;

  void list_open(std::vector<OpenItem>& items) const;
  std::string_view state_of(const Code& code) const;
  void digest(Digest& digest) const { digest.add(documents_.size()); }
  template <class Archive>
  void archive(Archive& a) {
    a(documents_);
  }

 private:
  /// The order's number in `book_` where `event` is legal in its state, else `no_index`.
  std::uint32_t find_for(const Code& purchase, PurchaseEvent event) const;
  void watch(std::uint32_t purchase);
  std::int64_t expected_each(const Purchase& purchase) const;
  /// What is still to come to the shelf, for whoever waits for it.
  void tell_backorders(const Purchase& purchase);
  void announce(const Purchase& purchase, PurchaseLine& line, std::int32_t quantity_each);
  /// Moves units that came to the dock of `node` to `receiving`.
  void take_in(const Purchase& purchase, PurchaseLine& line, NodeId node, std::int32_t quantity_each);
  /// The rest is not waited for.
  void give_up(const Purchase& purchase);
  /// Every line's quantity can be taken off its order line; `count` says which units are meant. Takes them
  /// off, or nothing at all.
  template <class Counter>
  bool take_off(const Purchase& purchase, const Event& event, Counter count);
  void send_back(NodeId node, PurchaseLine& line, const Line& back, Amounts& amounts);

  Context& c_;
  PurchaseBook& book_;
  Invoices& invoices_;
  Allocation& allocation_;
  Backorders& backorders_;
  Index documents_;  ///< numbers of ship notices and supplier returns that have been taken
};

}  // namespace omnisim::core
