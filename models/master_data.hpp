// Master data, made of a scenario's parameters: the directory that everybody shares, prices, popularity, and
// how much is wanted.
#pragma once

#include <string>
#include <vector>

#include "core/canonical/directory.hpp"
#include "models/demand/market.hpp"
#include "models/money/tax_law.hpp"
#include "models/params.hpp"
#include "models/trace.hpp"
#include "sim/random.hpp"

namespace omnisim::models {

/// Nodes: DCs first, then those that others run for us, then stores, in configuration order. Channels as
/// configured. Items: explicit ones, generated ones, then those of the trace in the order in which it names
/// them.
struct MasterData {
  core::Directory directory;
  std::vector<Money> prices;                 ///< net, by item
  std::vector<core::NodeId> dcs, stores;     ///< of the DCs, those that others run come last
  Choice popularity{{}};                     ///< of items: explicit ones count only where none is generated
  Market market;                             ///< customers, seller by seller
  std::vector<core::Directory> acquired;     ///< as systems of acquired companies write codes
  std::vector<std::uint32_t> acquired_with;  ///< by node: 1 + its place in `acquired`, or 0

  /// How the systems of that node write codes.
  const core::Directory& names_at(core::NodeId node) const {
    const std::uint32_t company = acquired_with.empty() ? 0 : acquired_with[node.value];
    return company == 0 ? directory : acquired[company - 1];
  }

  TaxLaw taxes;

  std::uint32_t item_count() const { return directory.item_count(); }
  std::uint32_t node_count() const { return directory.node_count(); }
};

/// Is it a DC that somebody else runs?
bool is_third_party(const NodesParams& nodes, core::NodeId node);

/// Throws std::invalid_argument, naming it, for a code that is too long or used twice.
MasterData make_master_data(const EstateParams& params, const Trace* trace);

/// Units of `sku` wanted on an ordinary day, without season and promotions: online over all channels, or at
/// the tills of one store.
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
