// Expected returns (rule 6, policy `expected_returns_at_sale`): the share of each sale that is expected back
// is a refund liability (2300) and a right to recover the goods (1250) from the sale on. Returns use them up;
// when the window of a sale has lapsed, what is left of its estimate is revenue and cost of sales after all,
// and what came beyond it is taken off them.
#pragma once

#include "core/orchestration/context.hpp"

namespace omnisim::core {

class ExpectedReturns {
 public:
  explicit ExpectedReturns(Context& context) : c_(context) {}

  /// Control of `sale` (net and cost set; a part of it, or below zero where it is undone) passes in this
  /// step. `rate`: of the currency that its net is in.
  void sold(const HashKey& sale, const Amounts& amounts, const Code& correlation, RateRow rate);
  /// Goods of `sale` that were sold for `net` and had cost `cost` are back. False where nothing is expected
  /// of it (any more): then it is a return as it comes.
  bool came_back(const HashKey& sale, Money net, Money cost);
  void lapse(std::uint32_t row);
  bool still_wanted(const Timer& timer) const;

  /// What is still expected: adds that of 2300 to `sum`; of 1250.
  void add_net(SumOfOrders& sum) const;
  Money cost() const;

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(rows_, index_, armed_);
  }

 private:
  struct Row {
    HashKey sale;
    Money net, cost;         ///< expected, less what has come; below zero where more came than was expected
    RateRow rate = no_rate;  ///< `net` is in its currency
    Time due;
    Code correlation;
    std::uint64_t version = 0;  ///< of its timer; 0: the row is given back
  };

  void post(const Row& row, Amounts amounts);

  Context& c_;
  Pool<Row> rows_;
  Index index_;
  std::uint64_t armed_ = 0;
};

}  // namespace omnisim::core
