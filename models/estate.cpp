#include "models/estate.hpp"

#include <algorithm>
#include <deque>
#include <stdexcept>

#include "models/cadence.hpp"
#include "models/carrier/billing.hpp"
#include "models/channels/marketplace.hpp"
#include "models/channels/storefront.hpp"
#include "models/core_config.hpp"
#include "models/demand/customers.hpp"
#include "models/demand/documents.hpp"
#include "models/demand/replenishment.hpp"
#include "models/demand/script.hpp"
#include "models/erp/acquired.hpp"
#include "models/erp/erp.hpp"
#include "models/money/bank.hpp"
#include "models/money/chargebacks.hpp"
#include "models/money/tax_returns.hpp"
#include "models/nodes/edi_desk.hpp"
#include "models/nodes/floor.hpp"
#include "models/nodes/picking.hpp"
#include "models/nodes/receiving.hpp"
#include "models/operations/desk.hpp"
#include "models/transport/edi_outlet.hpp"
#include "models/world/recorder.hpp"

namespace omnisim::models {
namespace {

const HostParams* integration_host(const EstateParams& params, const PatternParams& pattern) {
  for (const HostParams& host : params.hosts) {
    if (host.name == "integration" && pattern.limits) return &host;
  }
  return nullptr;
}

}  // namespace

/// Everything is made in one order, which is the order of master data; so ids, streams and sources are the
/// same in every run.
struct Estate::Impl final : ShippingWatcher {
  Impl(const EstateParams& p, const PatternParams& pat, const Trace* t, sim::Engine& engine,
       sim::Streams& streams, sim::Trace& events, world::World& w);

  void shipped(OrderNumber order, std::span<const core::Line> lines) override {
    channels[orders[order].channel.value]->shipped(order, lines);
  }
  /// The group's ERP, then the others.
  std::vector<Erp*> erps();
  void make_channels();
  void make_nodes();
  void make_crm();
  void make_demand();
  void open_procurement();
  void connect();
  void open_stock();

  EstateParams params;
  PatternParams pattern;
  const Trace* trace;
  MasterData master;
  sim::FaultPlan faults;
  sim::Platform platform;
  MailPool mail;
  Traffic traffic;
  OrderBook orders;
  PostOffice office;
  Party integration;
  Network network;
  Gate gate;
  world::World& world;
  world::Recorder recorder;
  Context context;

  Payments payments;
  Chargebacks chargebacks;
  GiftCards gift_cards;
  TaxEngine tax;
  Erp erp;
  TaxReturns tax_returns;
  std::deque<Erp> other_erps;
  OperationsDesk operations;
  std::vector<std::unique_ptr<SalesChannel>> channels;  ///< by channel id
  Storefront* first_shop = nullptr;
  ReturnsDesk returns;
  Carrier carrier;
  Trucks trucks;
  std::deque<Site> sites;              ///< by node id
  std::deque<PickupCounter> counters;  ///< by node id
  std::deque<Picking> pickings;
  std::deque<Receiving> docks;
  std::deque<EdiDesk> edi_desks;  ///< of third parties
  std::deque<EdiOutlet> edi_outlets;
  std::deque<Floor> floors;
  std::deque<Till> tills;  ///< by store
  std::unique_ptr<Customers> customers;
  std::unique_ptr<Supplier> supplier;
  std::unique_ptr<Vendor> vendor;
  std::unique_ptr<Buyer> buyer;
  std::unique_ptr<Replenishment> replenishment;
  std::unique_ptr<Documents> documents;
  std::unique_ptr<Script> script;
  std::unique_ptr<Bank> bank;
  std::unique_ptr<Crm> crm;
  std::unique_ptr<CarrierBilling> billing;
};

Estate::Impl::Impl(const EstateParams& p, const PatternParams& pat, const Trace* t, sim::Engine& engine,
                   sim::Streams& streams, sim::Trace& events, world::World& w)
    : params(pat.faults ? p : with_whole_tables(p)),
      pattern(pat),
      trace(t),
      master(make_master_data(params, trace)),
      faults(faults_of(params, pattern), streams),
      platform(engine, streams),
      office{.engine = engine, .platform = platform, .mail = mail, .traffic = traffic},
      integration("integration", faults),
      network(params, pattern, office, streams, faults, master.directory, integration),
      gate(office, integration, integration_host(params, pattern), streams, events),
      world(w),
      recorder(events),
      context{.params = params,
              .pattern = pattern,
              .master = master,
              .engine = engine,
              .streams = streams,
              .faults = faults,
              .world = w,
              .office = office,
              .network = network,
              .orders = orders},
      payments(context, gate),
      chargebacks(context, payments),
      gift_cards(context, gate),
      tax(context, gate),
      erp(context, gate),
      tax_returns(context, erp),
      operations(context, gate),
      returns(context),
      carrier(context, gate, returns),
      trucks(context) {
  world.add_observer(recorder);
  for (const OtherErpParams& other : params.erps) other_erps.emplace_back(context, gate, &other);
  make_channels();
  make_nodes();
  make_crm();
  make_demand();
  connect();
  if (params.bank.statement_every.count() > 0) {
    bank = std::make_unique<Bank>(context, gate);
    world.add_observer(*bank);
  }
  if (CarrierBilling::is_wanted(params)) billing = std::make_unique<CarrierBilling>(context, gate);
  platform.seal();
}

std::vector<Erp*> Estate::Impl::erps() {
  std::vector<Erp*> all{&erp};
  for (Erp& other : other_erps) all.push_back(&other);
  return all;
}

void Estate::Impl::make_channels() {
  for (std::uint32_t i = 0; i < params.channels.size(); ++i) {
    if (params.channels[i].kind == core::ChannelKind::marketplace) {
      channels.push_back(std::make_unique<Marketplace>(context, core::ChannelId{i}, gift_cards, gate));
      continue;
    }
    auto shop = std::make_unique<Storefront>(context, core::ChannelId{i}, gift_cards, payments, tax, gate);
    if (first_shop == nullptr) first_shop = shop.get();
    channels.push_back(std::move(shop));
  }
}

void Estate::Impl::make_nodes() {
  for (std::uint32_t i = 0; i < master.node_count(); ++i) {
    const core::NodeId id{i};
    Site& site = sites.emplace_back(context, id);
    const bool is_dc = master.directory.node(id).kind == core::NodeKind::dc;
    site.set_way(gate.open_way_in(network, is_dc ? "wms" : "back_office", site.party().name(),
                                  core::Format::wms_flat, site.party()));
    if (!is_dc) tills.emplace_back(context, site, gift_cards, payments, tax, gate);
    counters.emplace_back(context, site, returns);
    pickings.emplace_back(context, site, carrier, *this, counters.back());
    floors.emplace_back(context, site);
    docks.emplace_back(context, site);
    if (is_third_party(params.nodes, id)) edi_desks.emplace_back(context, gate, site);
  }
  std::vector<Till*> all;
  for (Till& till : tills) all.push_back(&till);
  std::vector<SalesChannel*> sellers;
  for (auto& channel : channels) sellers.push_back(channel.get());
  std::vector<Site*> warehouses;
  for (const core::NodeId dc : master.dcs) warehouses.push_back(&sites[dc.value]);
  returns.open(std::move(all), std::move(warehouses), first_shop, std::move(sellers));
}

void Estate::Impl::make_crm() {
  if (params.crm.points_per_unit == 0) return;
  crm = std::make_unique<Crm>(context, gate);
  world.add_observer(*crm);
  for (Till& till : tills) till.ask_for_cards(*crm);
}

void Estate::Impl::make_demand() {
  std::vector<SalesChannel*> sellers;
  std::vector<Site*> places;
  Script::Stage stage;
  for (auto& channel : channels) sellers.push_back(channel.get());
  for (Site& site : sites) places.push_back(&site);
  std::vector<Till*> all;
  for (Till& till : tills) all.push_back(&till);
  stage.tills.assign(sites.size(), nullptr);
  for (std::size_t i = 0; i < tills.size(); ++i) stage.tills[master.stores[i].value] = &tills[i];
  supplier = std::make_unique<Supplier>(context, places);
  replenishment = std::make_unique<Replenishment>(context, *supplier, places);
  open_procurement();
  stage.sites = places;
  for (PickupCounter& counter : counters) stage.counters.push_back(&counter);
  stage.channels = sellers;
  stage.supplier = supplier.get();
  stage.returns = &returns;
  stage.trucks = &trucks;
  stage.payments = &payments;
  stage.crm = crm.get();
  script = std::make_unique<Script>(context, std::move(stage));
  if (trace == nullptr) {
    customers = std::make_unique<Customers>(context, sellers, std::move(all), gift_cards, payments);
    return;
  }
  if (sellers.empty() || master.dcs.empty())
    throw std::invalid_argument("a trace needs a channel for its orders and a DC for its stock");
  const core::ChannelId anonymous =
      params.trace ? master.directory.channel(params.trace->anonymous_channel) : core::ChannelId{};
  SalesChannel& named = *sellers.front();
  documents =
      std::make_unique<Documents>(context, *trace, sites[master.dcs.front().value], named,
                                  anonymous.is_none() ? named : *sellers[anonymous.value], payments, gate);
}

/// Where nothing is bought by order there is nobody to order from.
void Estate::Impl::open_procurement() {
  if (!Buyer::is_wanted(params)) return;
  vendor = std::make_unique<Vendor>(context, gate);
  buyer = std::make_unique<Buyer>(context, gate, *vendor);
  std::vector<Receiving*> all;
  for (Receiving& dock : docks) all.push_back(&dock);
  supplier->buy_through(*buyer, std::move(all));
  vendor->set_watcher(*replenishment);
  erp.set_desk(*buyer);
}

void Estate::Impl::connect() {
  std::vector<Outlet*> replies, availability, fulfilment;
  for (auto& channel : channels) {
    replies.push_back(
        &network.out_of_core("replies", channel->params().code, channel->party(), *channel, gate));
    availability.push_back(
        &network.out_of_core("availability", channel->params().code, channel->party(), *channel, gate));
  }
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const std::string& name = sites[i].party().name();
    fulfilment.push_back(&network.out_of_core("fulfilment", name, sites[i].party(), pickings[i], gate));
    if (is_third_party(params.nodes, sites[i].id()))
      fulfilment.back() = &edi_outlets.emplace_back(office, master.directory, name, *fulfilment.back());
  }
  gate.set_channel_ways(std::move(replies), std::move(availability));
  gate.set_fulfilment_ways(std::move(fulfilment));
  std::vector<Outlet*> journals{&network.out_of_core("journal", "", erp.party(), erp, gate)};
  for (Erp& other : other_erps) {
    journals.push_back(&network.out_of_core("journal", other.party().name(), other.party(), other, gate));
  }
  gate.set_money_ways(network.out_of_core("payments", "", payments.party(), payments, gate),
                      network.out_of_core("gift_card_commands", "", gift_cards.party(), gift_cards, gate),
                      std::move(journals));
}

void Estate::Impl::open_stock() {
  std::vector<std::int32_t> online(master.item_count());
  for (const StockLine& line : opening_stock(params, master, trace, context.streams.root())) {
    sites[line.node.value].open(line.sku, line.quantity_each);
    gate.core().open_stock(line.node, line.sku, line.quantity_each, context.now());
    if (master.directory.node(line.node).fulfils_online) online[line.sku.value] += line.quantity_each;
  }
  // Every channel is loaded with what it may sell, before it takes its first order.
  for (auto& channel : channels) {
    const std::int32_t safety = pattern.capabilities.safety_stock ? channel->params().safety_stock_each : 0;
    for (std::uint32_t sku = 0; sku < online.size(); ++sku) {
      if (online[sku] > 0) channel->load({sku}, online[sku] - safety);
    }
  }
}

Estate::Estate(const EstateParams& params, const PatternParams& pattern, const Trace* trace,
               sim::Engine& engine, sim::Streams& streams, sim::Trace& events, world::World& world)
    : impl_(std::make_unique<Impl>(params, pattern, trace, engine, streams, events, world)) {}
Estate::~Estate() = default;

core::Config Estate::core_config(std::string rules_json) const {
  return configuration_of(impl_->context, std::move(rules_json));
}

core::Outbound& Estate::outbound() { return impl_->gate; }
Traffic& Estate::traffic() { return impl_->traffic; }
void Estate::attach(core::Inbound& core) { impl_->gate.attach(core); }

void Estate::start() {
  Impl& e = *impl_;
  e.open_stock();
  e.traffic.core_step(e.context.now());
  for (Erp* erp : e.erps()) erp->start();
  e.tax_returns.start();
  e.operations.start();
  e.supplier->start();
  e.replenishment->start();
  for (Floor& floor : e.floors) floor.start();
  for (EdiDesk& desk : e.edi_desks) desk.start();
  if (e.customers) e.customers->start();
  if (e.documents) e.documents->start();
  e.script->start();
}

std::vector<const GeneralLedger*> Estate::ledgers() const {
  std::vector<const GeneralLedger*> all;
  for (const Erp* erp : impl_->erps()) all.push_back(&erp->ledger());
  return all;
}
sim::StationStats Estate::erp_station() const { return impl_->erp.station(); }

std::vector<SystemStats> Estate::stats() const {
  std::vector<SystemStats> all;
  for (const Erp* erp : impl_->erps()) {
    all.push_back({.system = erp->party().name(),
                   .calls = erp->calls(),
                   .throttled = erp->throttled(),
                   .retries = erp->retries(),
                   .is_erp = true});
  }
  all.push_back({.system = "integration", .calls = impl_->gate.steps()});
  for (const InterfaceTraffic& t : impl_->network.traffic()) {
    all.push_back({.system = t.name,
                   .calls = t.counters.messages + t.counters.retries,
                   .throttled = t.counters.refused,
                   .retries = t.counters.retries});
  }
  return all;
}

std::vector<std::string> Estate::pending() const {
  const Impl& e = *impl_;
  std::vector<std::string> found = e.network.pending();
  for (std::string& text : e.payments.pending()) found.push_back(std::move(text));
  const auto say = [&](std::size_t count, const std::string& what) {
    if (count > 0) found.push_back(std::to_string(count) + " " + what);
  };
  for (std::size_t i = 0; i < e.sites.size(); ++i)
    say(e.pickings[i].open_jobs(), "picking jobs at " + e.sites[i].party().name());
  for (Receiving& dock : impl_->docks)
    say(dock.under_way(), "deliveries not put away at " + dock.site().party().name());
  if (e.vendor) say(e.vendor->trucks_under_way(), "deliveries of the supplier on their way");
  if (e.buyer) say(e.buyer->payments_due(), "supplier invoices approved and not paid");
  for (const auto& channel : e.channels) say(channel->waiting(), "checkouts that wait for their tax");
  say(e.tax.unseen(), "till documents that the tax engine has not looked at");
  say(e.carrier.on_the_road(), "parcels with the carrier");
  if (e.billing) say(e.billing->unsent(), "lines of the carrier's invoices not sent");
  say(e.trucks.under_way(), "trucks on their way");
  say(e.returns.under_way(), "returns on their way");
  for (const Erp* erp : impl_->erps())
    say(erp->unposted(), "journal entries not yet posted by the ERP " + erp->party().name());
  say(e.gate.waiting_for_cpu(), "messages that wait for the integration host");
  say(e.gate.held_back(), "messages that the core does not take yet");
  if (e.documents) say(e.documents->left(), "rows of the trace not yet replayed");
  return found;
}

}  // namespace omnisim::models
