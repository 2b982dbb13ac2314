// Tills: sales and returns of stores, and sales that are taken back whole.
#pragma once

#include <utility>
#include <vector>

#include "core/orchestration/allocation.hpp"
#include "core/orchestration/payments.hpp"

namespace omnisim::core {

/// Where to read a till's sale again. Memory is bounded by time, as the inbox's: two generations of one
/// window each, so that a sale is remembered for at least one window and at most two.
class RecentSales {
 public:
  explicit RecentSales(Duration window) : window_(window) {}

  void remember(const HashKey& sale, InputNumber input, Time now);
  bool knows(const HashKey& sale) const;
  enum class Verdict : std::uint8_t { found, unknown, voided };
  /// A sale that is found is voided from then on.
  Verdict take(const HashKey& sale, InputNumber& input);

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(since_, young_.index, young_.inputs, old_.index, old_.inputs);
  }

 private:
  static constexpr InputNumber voided = ~InputNumber{0};
  struct Generation {
    Index index;  ///< into `inputs`
    std::vector<InputNumber> inputs;
  };
  Duration window_;
  Time since_{};
  Generation young_, old_;
};

class Tills {
 public:
  Tills(Context& context, Allocation& allocation, Payments& payments);

  /// A sale that its till reports again, under another message id, is absorbed.
  Outcome sold(const PosSale& body, const Event& event);
  /// A return with the till's own receipt, which the till has paid out; or without any, which the policy
  /// `without_receipt` decides: refused, or credited to a new gift card at the lowest price that is known.
  Outcome returned(const PosReturn& body, const Event& event);
  /// The goods are back on the shelf, the sale is reversed.
  Outcome voided(const PosVoided& body);
  /// Kept for returns without a receipt: the lowest price of an item since go-live, in any channel.
  Outcome price_changed(const PriceChanged& body);

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(sales_, lowest_price_);
  }

 private:
  /// Net, discount, tax, cost and tenders of a sale.
  Amounts amounts_of(const PosSale& body, const Event& sale) const;
  Outcome without_receipt(const PosReturn& body, const Event& event);
  void take_back(const PosReturn& body, const Event& event, const Tenders& paid_out);

  Context& c_;
  Allocation& allocation_;
  Payments& payments_;
  RecentSales sales_;
  std::vector<Money> lowest_price_;  ///< by item, without tax; below zero: none is known
  Event credited_;
};

}  // namespace omnisim::core
