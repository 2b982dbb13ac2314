#include "models/master_data.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <stdexcept>

#include "models/erp/acquired.hpp"

namespace omnisim::models {
namespace {

core::Code code_of(const std::string& text, const char* what) {
  const auto code = core::Code::from(text);
  if (!code || code->empty())
    throw std::invalid_argument(std::string(what) + " \"" + text + "\" is no code of 1 to 31 bytes");
  return *code;
}
template <class T>
T unique(std::optional<T> id, const core::Code& code) {
  if (!id) throw std::invalid_argument("the code \"" + std::string(code.view()) + "\" is used twice");
  return *id;
}

std::string numbered(const char* format, std::uint32_t number) {
  char text[32];
  return {text, static_cast<std::size_t>(std::snprintf(text, sizeof text, format, number))};
}

Money rounded(double units) { return {std::max<std::int64_t>(1, std::llround(units * 100))}; }
Money share_of(Money price, double share) { return {std::llround(static_cast<double>(price.minor) * share)}; }

void add_item(MasterData& master, const core::Code& code, Money price, Money cost) {
  unique(master.directory.add_item({.code = code, .unit_cost = cost}), code);
  master.prices.push_back(price);
}

void add_generated_items(MasterData& master, const CatalogueParams& catalogue) {
  // Master data are the same for every seed: two runs of a scenario differ in what happens, not in what is
  // sold.
  sim::Stream prices(sim::seed_of(0, "catalogue", "price"));
  for (std::uint32_t i = 1; i <= catalogue.generated; ++i) {
    const double drawn = catalogue.price.is_zero() ? 10.0 : catalogue.price.sample(prices);
    const Money price = rounded(drawn);
    add_item(master, code_of(numbered("SKU-%05u", i), "item"), price, share_of(price, catalogue.cost_share));
  }
}

/// An item of a trace costs a share of its average price.
void add_trace_items(MasterData& master, const Trace& trace, double cost_share) {
  struct Total {
    std::int64_t minor = 0, units = 0;
  };
  std::map<std::string_view, std::size_t> known;
  std::vector<core::Code> codes;
  std::vector<Total> totals;
  for (const TraceRow& row : trace.rows) {
    if (row.kind == TraceKind::charge || !master.directory.sku(row.item.view()).is_none()) continue;
    const auto [at, is_new] = known.emplace(row.item.view(), codes.size());
    if (is_new) {
      codes.push_back(row.item);
      totals.emplace_back();
    }
    if (row.kind != TraceKind::sale) continue;
    totals[at->second].minor += row.amount.minor;
    totals[at->second].units += row.quantity_each;
  }
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const Money price{totals[i].units > 0 ? (totals[i].minor + totals[i].units / 2) / totals[i].units : 0};
    add_item(master, codes[i], price, share_of(price, cost_share));
  }
}

void add_nodes(MasterData& master, const NodesParams& nodes) {
  const auto add = [&](const std::string& name, core::NodeKind kind, bool online, std::uint32_t priority) {
    const core::Code code = code_of(name, "node");
    return unique(master.directory.add_node(
                      {.code = code, .kind = kind, .fulfils_online = online, .priority = priority}),
                  code);
  };
  for (std::uint32_t i = 1; i <= nodes.dcs; ++i)
    master.dcs.push_back(add(numbered("dc-%u", i), core::NodeKind::dc, true, 0));
  for (std::uint32_t i = 1; i <= nodes.third_parties; ++i)
    master.dcs.push_back(add(numbered("3pl-%u", i), core::NodeKind::dc, true, 0));
  std::vector<std::string> names = nodes.store_names;
  for (std::uint32_t i = 1; nodes.store_names.empty() && i <= nodes.stores; ++i)
    names.push_back(numbered("store-%02u", i));
  for (const std::string& name : names)
    master.stores.push_back(add(name, core::NodeKind::store, nodes.stores_fulfil_online, 1));
}

void add_acquired(MasterData& master, const EstateParams& params) {
  if (params.erps.empty()) return;
  master.acquired_with.assign(master.node_count(), 0);
  for (const OtherErpParams& company : params.erps) {
    master.acquired.push_back(names_in(company, master.directory));
    for (const std::string& name : company.nodes) {
      const core::NodeId node = master.directory.node(name);
      if (!node.is_none())
        master.acquired_with[node.value] = static_cast<std::uint32_t>(master.acquired.size());
    }
  }
  add_aliases(master.directory, params);
}

double units_per_day(const Market& market, Seller seller, core::SkuId sku) {
  if (market.mix(seller).empty()) return 0;
  const Habits& habits = market.habits(seller);
  return habits.per_day * habits.mean_units() * habits.mean_lines() * market.mix(seller).share(sku.value);
}

/// For each item of a trace the most that is missing at any time, if nothing were there at first.
std::vector<StockLine> trace_stock(const MasterData& master, const Trace& trace, double cover) {
  std::vector<std::int64_t> gone(master.item_count()), most(master.item_count());
  for (const TraceRow& row : trace.rows) {
    if (row.kind == TraceKind::charge) continue;
    const std::uint32_t sku = master.directory.sku(row.item.view()).value;
    const bool comes_back = row.kind == TraceKind::cancellation || row.kind == TraceKind::found;
    const std::int64_t units = std::abs(static_cast<std::int64_t>(row.quantity_each));
    gone[sku] += comes_back ? -units : units;
    most[sku] = std::max(most[sku], gone[sku]);
  }
  std::vector<StockLine> stock;
  for (std::uint32_t sku = 0; sku < most.size(); ++sku) {
    const auto units = static_cast<std::int32_t>(std::ceil(static_cast<double>(most[sku]) * cover));
    if (units > 0) stock.push_back({.node = master.dcs.front(), .sku = {sku}, .quantity_each = units});
  }
  return stock;
}

}  // namespace

bool is_third_party(const NodesParams& nodes, core::NodeId node) {
  return !node.is_none() && node.value >= nodes.dcs && node.value - nodes.dcs < nodes.third_parties;
}

namespace {

/// Empty: the ledger's.
core::Code currency_of(const ChannelParams& channel) {
  return channel.currency.empty() ? core::Code{} : code_of(channel.currency, "currency");
}

}  // namespace

MasterData make_master_data(const EstateParams& params, const Trace* trace) {
  MasterData master;
  master.directory.set_currency(code_of(params.currency, "currency"));
  for (const ItemParams& item : params.catalogue.items)
    add_item(master, code_of(item.code, "item"), item.price, item.cost);
  add_generated_items(master, params.catalogue);
  if (trace != nullptr) add_trace_items(master, *trace, params.catalogue.cost_share);
  add_nodes(master, params.nodes);
  for (const ChannelParams& channel : params.channels) {
    const core::Code code = code_of(channel.code, "channel");
    unique(master.directory.add_channel({.code = code,
                                         .kind = channel.kind,
                                         .priority = channel.priority,
                                         .safety_stock_each = channel.safety_stock_each,
                                         .currency = currency_of(channel)}),
           code);
  }
  master.taxes = TaxLaw(params);
  master.taxes.enter(params.tax, master.directory);
  master.popularity =
      Choice(popularity_weights(params.catalogue, params.catalogue.zipf_exponent, master.item_count()));
  master.market = Market(params, master.directory, master.popularity, master.prices);
  add_acquired(master, params);
  return master;
}

core::Directory make_directory(const EstateParams& params, const Trace* trace) {
  return make_master_data(params, trace).directory;
}

double online_units_per_day(const EstateParams& params, const MasterData& master, core::SkuId sku) {
  double units = 0;
  for (Seller channel = 0; channel < params.channels.size(); ++channel)
    units += units_per_day(master.market, channel, sku);
  return units;
}

double store_units_per_day(const EstateParams&, const MasterData& master, core::SkuId sku) {
  return units_per_day(master.market, master.market.tills(), sku);
}

std::int32_t whole_units(double expected, std::uint64_t root, core::SkuId sku, core::NodeId node,
                         std::uint64_t number) {
  const std::uint64_t identity[] = {sku.value, node.value, number};
  const std::string_view bytes(reinterpret_cast<const char*>(identity), sizeof identity);
  return static_cast<std::int32_t>(std::floor(expected + sim::unit_of(sim::seed_of(root, bytes, "units"))));
}

std::vector<StockLine> opening_stock(const EstateParams& params, const MasterData& master, const Trace* trace,
                                     std::uint64_t root) {
  if (trace != nullptr && !master.dcs.empty())
    return trace_stock(master, *trace, params.trace ? params.trace->stock_cover : 1.0);
  const OpeningParams& opening = params.opening;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int32_t> explicit_stock;
  for (const StockParams& s : opening.explicit_stock) {
    explicit_stock[{master.directory.node(s.node).value, master.directory.sku(s.item).value}] +=
        s.quantity_each;
  }
  std::vector<StockLine> stock;
  for (std::uint32_t n = 0; n < master.node_count(); ++n) {
    const core::Node& node = master.directory.node({n});
    const bool is_dc = node.kind == core::NodeKind::dc;
    for (std::uint32_t s = 0; s < master.item_count(); ++s) {
      std::int32_t units = node.fulfils_online ? opening.uniform_each : 0;
      const double days = is_dc ? opening.dc_days_of_demand : opening.store_days_of_demand;
      if (days > 0) {
        const double a_day =
            is_dc ? online_units_per_day(params, master, {s}) / static_cast<double>(master.dcs.size())
                  : store_units_per_day(params, master, {s});
        units += whole_units(a_day * days, root, {s}, {n}, 0);
      }
      if (const auto found = explicit_stock.find({n, s}); found != explicit_stock.end())
        units += found->second;
      if (units > 0) stock.push_back({.node = {n}, .sku = {s}, .quantity_each = units});
    }
  }
  return stock;
}

}  // namespace omnisim::models
