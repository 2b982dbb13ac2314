// What units cost under the moving average and under FIFO, item by item and company-wide: a transfer between
// nodes carries no gain.
//
// An item's receipts, issues and returns are kept in order of business time. One that is told late, or dated
// back, takes its place in it, and what came after it is derived again: the cost of an issue follows from the
// documents alone, not from the order in which their messages came. What that changes about entries that are
// booked already is a correction, which the next entry books (rule 21).
//
// Order: business time; what comes in before what leaves before what is only moved; then node, document and
// line; then the order in which they came. Rounding: a moving average is a whole minor unit, half up, and
// what is left when the last unit goes is rounding (6900); a part of a FIFO layer is rounded down, and its
// last unit takes the rest. Goods come back at the cost at which they left, the first that left first. Where
// the books show less than nothing, units leave at the last known cost, and the next receipt takes up the
// difference.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/canonical/code.hpp"
#include "core/canonical/directory.hpp"
#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"
#include "core/config.hpp"
#include "core/support/digest.hpp"
#include "core/support/index.hpp"
#include "core/support/pool.hpp"

namespace omnisim::core {

/// Where the cost of units is while and after they are ours. `outside`: what is known and never corrected.
enum class CostPlace : std::uint8_t {
  outside,
  inventory,
  returns_hold,
  in_transit,
  sold,
  written_off,
  transit_loss,
  price_variance,
  rounding
};
inline constexpr std::size_t cost_place_count = 9;

/// The document that says so; `sale` is the line that the units were sold on, 0 for none.
struct CostDocument {
  Time at;
  NodeId node;  ///< of the inventory that gains or loses
  Code document;
  std::uint32_t line_no = 0;
  HashKey sale = {};
};

/// By how much booked costs have changed at a node (none: not in any node's inventory).
struct CostCorrection {
  NodeId node;
  std::array<Money, cost_place_count> by_place{};
};

/// What is left of one receipt.
struct CostLayer {
  std::int64_t units = 0;
  Money value;
};

/// An item's stock at a point of its history.
struct CostPool {
  std::int64_t units = 0;
  Money value;
  Money unit;  ///< moving average, or cost of the latest receipt
  Money rest;  ///< FIFO: of units that left before they came
  std::int64_t missing = 0;
  std::vector<CostLayer> layers;  ///< FIFO, oldest first
  std::size_t first_layer = 0;

  template <class Archive>
  void archive(Archive& a) {
    a(units, value, unit, rest, missing, layers, first_layer);
  }
};

class Costs {
 public:
  /// `directory` must outlive it: an item's cost there is that of what leaves before anything has come.
  Costs(CostMethod method, const Directory& directory);
  /// Whether costs follow from history; else nothing below may be called.
  bool are_derived() const { return method_ != CostMethod::standard; }

  /// `units` come in at `cost`.
  void receive(SkuId sku, std::int32_t units, Money cost, const CostDocument& document);
  /// Units turn up that were written off or lost, or never known.
  Money find(SkuId sku, std::int32_t units, CostPlace from, const CostDocument& document);
  Money take(SkuId sku, std::int32_t units, CostPlace to, const CostDocument& document);
  /// The units (from, to] of what was sold on a line go from one place to another, at the cost at which they
  /// left.
  Money move(SkuId sku, std::int32_t from, std::int32_t to, CostPlace from_place, CostPlace to_place,
             const CostDocument& document);
  /// … into inventory.
  Money bring_back(SkuId sku, std::int32_t from, std::int32_t to, CostPlace from_place,
                   const CostDocument& document);
  /// The next `units` of a sale that nobody numbers, as (from, to].
  std::int32_t next_of(const HashKey& sale, std::int32_t units);

  /// Value of all stock of all items, where goods between nodes are stock.
  Money stock_value() const;

  /// What has to be booked; empty again afterwards.
  bool has_corrections() const { return !corrections_.empty(); }
  std::vector<CostCorrection> take_corrections();

  /// Folds what happened before into one opening balance an item: nothing is derived again before that.
  void forget_before(Time before);

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(items_, entries_, sales_, by_sale_, told_);
  }

 private:
  enum class Kind : std::uint8_t { receive, find, bring_back, take, move };
  struct Entry {
    Time at;
    Code document;
    NodeId node;
    std::uint32_t line_no = 0;
    std::int32_t units = 0;
    std::int32_t first = 0;  ///< of a sale's units: those after it
    std::uint32_t sale = 0xffffffffu;
    std::uint32_t next_of_sale = 0xffffffffu;  ///< of what left: the next entry of that sale that did
    Money cost, rounding;                      ///< as derived, and booked or about to be
    Kind kind{};
    CostPlace from{}, to{};
    std::uint8_t unused = 0;
    std::uint32_t told = 0;  ///< the how manieth document
  };
  /// What has left on a line.
  struct Sale {
    HashKey key;
    std::uint32_t first_taken = 0xffffffffu;
    std::uint32_t entries = 0;  ///< that speak of it
    std::int32_t numbered = 0;
    std::int32_t folded_units = 0;  ///< of entries that are forgotten
    Money folded_cost;
  };
  struct Mark {
    std::size_t place = 0;  ///< in `order`; the pool is as before that entry
    CostPool pool;
    template <class Archive>
    void archive(Archive& a) {
      a(place, pool);
    }
  };
  struct Item {
    std::vector<std::uint32_t> order;  ///< entries
    CostPool opening, closing;
    std::vector<Mark> marks;
    template <class Archive>
    void archive(Archive& a) {
      a(order, opening, closing, marks);
    }
  };

  Money add(SkuId sku, Entry entry, const CostDocument& document);
  bool comes_before(const Entry& a, const Entry& b) const;
  std::size_t place_of(const Item& item, const Entry& entry) const;
  /// Derives entries from `place` on; `fresh` is not booked yet.
  void derive_from(Item& item, std::size_t place, std::uint32_t fresh);
  /// Sets an entry's cost by `pool`, and the pool to what is there after it.
  void derive(Entry& entry, CostPool& pool) const;
  void put(CostPool& pool, std::int64_t units, Money cost) const;
  Money take_from(CostPool& pool, std::int64_t units) const;
  Money cost_of_sold(const Entry& entry, const CostPool& pool) const;
  std::uint32_t sale_of(const HashKey& key);
  void let_go(Entry& entry, std::uint32_t number);
  void correct(const Entry& entry, Money cost, Money rounding);
  void fold(Item& item, std::size_t count);

  CostMethod method_;
  std::vector<Item> items_;
  Pool<Entry> entries_;
  Pool<Sale> sales_;
  Index by_sale_;
  std::uint32_t told_ = 0;
  std::vector<CostCorrection> corrections_;
};

}  // namespace omnisim::core
