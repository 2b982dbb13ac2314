// Master data, made of a scenario's parameters: the directory that everybody shares, prices, popularity, and
// how much is wanted.
#pragma once

#include <string>
#include <vector>

#include "core/canonical/directory.hpp"
#include "models/money/tax_law.hpp"
#include "models/params.hpp"
#include "models/trace.hpp"
#include "sim/random.hpp"

namespace omnisim::models {

/// Draws an index with given weights in constant time (Walker's alias method).
class Choice {
 public:
  explicit Choice(const std::vector<double>& weights);
  /// Needs at least one weight above 0.
  std::uint32_t draw(sim::Stream& stream) const;
  double share(std::uint32_t index) const { return shares_[index]; }
  bool empty() const { return shares_.empty(); }

 private:
  std::vector<double> shares_, keep_;
  std::vector<std::uint32_t> other_;
};

/// Nodes: DCs first, then stores, in configuration order. Channels as configured. Items: explicit ones,
/// generated ones, then those of the trace in the order in which it names them.
struct MasterData {
  core::Directory directory;
  std::vector<Money> prices;  ///< net, by item
  std::vector<core::NodeId> dcs, stores;
  Choice popularity{{}};  ///< of items: explicit ones count only where none is generated

  TaxLaw taxes;

  std::uint32_t item_count() const { return directory.item_count(); }
  std::uint32_t node_count() const { return directory.node_count(); }
};

/// Throws std::invalid_argument, naming it, for a code that is too long or used twice.
MasterData make_master_data(const EstateParams& params, const Trace* trace);

/// Units of `sku` wanted a day: online over all channels, or at the tills of one store.
double online_units_per_day(const EstateParams& params, const MasterData& master, core::SkuId sku);
double store_units_per_day(const EstateParams& params, const MasterData& master, core::SkuId sku);

struct StockLine {
  core::NodeId node;
  core::SkuId sku;
  std::int32_t quantity_each = 0;
};
/// What lies on the shelves at the start, ascending by node and item. `root` decides how fractions are
/// rounded.
std::vector<StockLine> opening_stock(const EstateParams& params, const MasterData& master, const Trace* trace,
                                     std::uint64_t root);

/// A whole number with mean `expected`, decided by the identity (root, sku, node, number).
std::int32_t whole_units(double expected, std::uint64_t root, core::SkuId sku, core::NodeId node,
                         std::uint64_t number);

}  // namespace omnisim::models
