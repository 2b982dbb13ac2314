// What goods truly cost under moving average and FIFO, from the world's facts alone and by code of its own:
// one list of documents an item, in true order, worked through from its beginning whenever one has to be put
// in before the last (documents of one and the same moment; see DocumentOrder).
//
// The policy (decision 0015). Moving average: at each receipt the value of the stock by its units, a whole
// minor unit, half up; what whole units leave of the value goes with the last one, as rounding. FIFO: the
// oldest receipt first, parts of one rounded down, its last unit with the rest. Goods that customers bring
// back have the cost at which they left, the first that left first. What turns up has the cost of the moment.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "core/canonical/code.hpp"
#include "core/canonical/money.hpp"
#include "core/config.hpp"

namespace omnisim::audit {

/// What a document does to the stock of an item.
enum class Flow : std::uint8_t { in, turned_up, came_back, out, between };

/// Documents of one moment: what comes in first, then what leaves, then the rest; by node, number and line.
struct DocumentOrder {
  core::Time at{};
  Flow flow{};
  std::uint32_t node = 0;
  std::string document;
  std::uint32_t line_no = 0;
};

struct StockDocument {
  DocumentOrder order;
  std::int32_t units = 0;
  core::Money cost;                     ///< of what comes in; of the others it is found
  std::string sale;                     ///< the line that was sold: out, came_back, between
  std::int32_t after = 0;               ///< came_back, between: which of its units, those after this one
  std::uint32_t debit = 0, credit = 0;  ///< account keys between which the cost goes
  core::Code message;                   ///< that reports it
};

/// An amount that goes from one account to another.
struct CostChange {
  std::uint32_t debit = 0, credit = 0;
  std::int64_t minor = 0;
  core::Code message;
};

class TrueCosts {
 public:
  TrueCosts(core::CostMethod method, std::vector<core::Money> master_costs);
  bool are_derived() const { return method_ != core::CostMethod::standard; }
  /// Puts the document in its place. What changes is in `changes`: its own cost, and corrections of others.
  core::Money add(core::SkuId sku, StockDocument document, std::vector<CostChange>& changes);

 private:
  using Key = std::tuple<core::Time, int, std::uint32_t, std::string, std::uint32_t, std::uint64_t>;
  struct Known {
    StockDocument document;
    std::int64_t cost = 0, rounding = 0;  ///< as posted
  };
  /// The stock of an item as documents are worked through.
  struct Stock {
    std::int64_t units = 0, value = 0, unit = 0;
    std::vector<std::pair<std::int64_t, std::int64_t>>
        receipts;  ///< FIFO: units and value left, oldest first
    std::size_t oldest = 0;
    std::map<std::string, std::vector<std::pair<std::int64_t, std::int64_t>>>
        sold;  ///< units and cost, by line
  };
  struct Item {
    std::int64_t master_cost = 0;
    std::map<Key, Known> documents;
    Stock now;
  };

  /// Returns cost and rounding.
  std::pair<std::int64_t, std::int64_t> work(Stock& stock, const StockDocument& document) const;
  void come_in(Stock& stock, std::int64_t units, std::int64_t cost) const;
  std::int64_t go_out(Stock& stock, std::int64_t units) const;
  std::int64_t original_cost(const Stock& stock, const StockDocument& document) const;

  core::CostMethod method_;
  std::vector<Item> items_;
  std::uint64_t documents_ = 0;
};

}  // namespace omnisim::audit
