// What a scenario or pattern file may say: one description a struct, of which the reader, the writer and the
// JSON Schema are made. A visitor is called as visit(key, member, Info); `group` opens an object that has no
// struct of its own.
#pragma once

#include "harness/scenario/describe_crm.hpp"
#include "harness/scenario/describe_demand.hpp"
#include "harness/scenario/describe_erp.hpp"
#include "harness/scenario/describe_money.hpp"
#include "harness/scenario/describe_pattern.hpp"
#include "harness/scenario/describe_stores.hpp"
#include "harness/scenario/describe_supply.hpp"
#include "harness/scenario/describe_tax.hpp"
#include "harness/scenario/info.hpp"

namespace omnisim::harness {

template <class V>
void describe(V& visit, models::CalendarParams& p) {
  visit("from", p.from, {.doc = "demand happens from here; with a trace: its first day"});
  visit(
      "to", p.to,
      {.doc =
           "to here; then faults heal and the estate comes to rest; with a trace: the end of its last day"});
  visit("period_end", p.period_end,
        {.doc = "end of the financial period that is closed; default: to; with a trace: the end of its last "
                "month"});
  visit("soft_close_after", p.soft_close_after, {.doc = "after period_end"});
  visit("hard_close_after", p.hard_close_after,
        {.doc = "after period_end; nothing is dated into the period any more"});
  visit("rest_within", p.rest_within, {.doc = "everything must be done this long after `to`"});
  visit("ledger_utc_offset_min", p.ledger_utc_offset_min,
        {.doc = "the ledger's zone, minutes east of UTC", .min = -840, .max = 840});
}

template <class V>
void describe(V& visit, models::LinkParams& p) {
  visit("name", p.name, {.doc = "its name, for interfaces and faults", .required = true, .text = Text::code});
  visit("carries", p.carries,
        {.doc = "interfaces or one party's ends of them, a trailing * allowed: \"fulfilment.store-*\""});
  visit("latency", p.latency, {.doc = "one way"});
  visit("bandwidth_bytes_per_s", p.bandwidth_bytes_per_s, {.doc = "0: no limit", .max = 1e15});
  visit("shared", p.shared, {.doc = "true: flows share the bandwidth fairly; false: latency only"});
}

template <class V>
void describe(V& visit, models::HostParams& p) {
  visit("name", p.name, {.doc = "\"integration\" is the core's host", .required = true, .text = Text::code});
  visit("cores", p.cores, {.doc = "processor cores", .min = 1, .max = 4096});
  visit("seconds_per_message", p.seconds_per_message,
        {.doc = "processor time of a message; 0: not modelled", .max = 3600});
  visit("shared", p.shared, {.doc = "true: work shares the cores fairly"});
}

template <class V>
void describe(V& visit, models::NodesParams& p) {
  visit("stores", p.stores, {.doc = "generated stores, \"store-01\" …", .max = 5000});
  visit("store_names", p.store_names, {.doc = "stores by name", .text = Text::code, .count_max = 5000});
  visit("dcs", p.dcs, {.doc = "distribution centres, \"dc-1\" …", .max = 200});
  visit("third_parties", p.third_parties,
        {.doc = "distribution centres that others run, \"3pl-1\" …", .max = 200});
  visit("stores_fulfil_online", p.stores_fulfil_online, {.doc = "stores ship online orders"});
}

template <class V>
void describe(V& visit, models::ItemParams& p) {
  visit("code", p.code, {.doc = "stock keeping unit", .required = true, .text = Text::code});
  visit("price", p.price, {.doc = "net of tax"});
  visit("cost", p.cost, {.doc = "standard cost"});
  visit("category", p.category, {.doc = "where customers look for another item when it is sold out"});
}

template <class V>
void describe(V& visit, models::CatalogueParams& p) {
  visit("items", p.items, {.doc = "explicit items", .count_max = 1'000'000});
  visit("generated", p.generated, {.doc = "this many further items, \"SKU-00001\" …", .max = 5'000'000});
  visit("zipf_exponent", p.zipf_exponent,
        {.doc = "popularity of generated items by rank; 0: all alike", .max = 10});
  visit("price", p.price,
        {.doc = "of generated items, currency units", .max = 1e9, .samples = Samples::numbers});
  visit("cost_share", p.cost_share, {.doc = "cost of generated items as a share of the price", .max = 10});
  visit("categories", p.categories,
        {.doc = "categories of generated items, which take turns", .min = 1, .max = 1e6});
}

template <class V>
void describe(V& visit, models::StockParams& p) {
  visit("node", p.node, {.doc = "store or DC", .required = true, .text = Text::code});
  visit("item", p.item, {.doc = "item", .required = true, .text = Text::code});
  visit("quantity_each", p.quantity_each, {.doc = "units on the shelf", .required = true, .max = 1'000'000});
}

template <class V>
void describe(V& visit, models::OpeningParams& p) {
  visit("explicit_stock", p.explicit_stock, {.doc = "stock by node and item", .count_max = 1'000'000});
  visit("dc_days_of_demand", p.dc_days_of_demand,
        {.doc = "expected online demand in days, spread over DCs", .max = 3650});
  visit("store_days_of_demand", p.store_days_of_demand,
        {.doc = "expected till demand in days, each store", .max = 3650});
  visit("uniform_each", p.uniform_each,
        {.doc = "this many of every item at every node that serves online", .max = 1'000'000});
}

template <class V>
void describe(V& visit, models::DeliveryParams& p) {
  visit("every", p.every, {.doc = "cadence of supplier deliveries", .min = 60});
  visit("at", p.at, {.doc = "after midnight UTC"});
  visit("days_of_demand", p.days_of_demand, {.doc = "size of a delivery; 0: none", .max = 3650});
}

template <class V>
void describe(V& visit, models::ReplenishmentParams& p) {
  visit("order_each", p.order_each, {.doc = "units of an order; 0: stores order nothing", .max = 1'000'000});
  visit(
      "reorder_point_each", p.reorder_point_each,
      {.doc = "ordered when the store's record and what is on order are at or below this", .max = 1'000'000});
  visit("review_every", p.review_every, {.doc = "cadence at which a store looks at its records", .min = 60});
  visit("review_at", p.review_at, {.doc = "after midnight UTC"});
  visit("lead_time", p.lead_time, {.doc = "from the order to the shelf"});
}

template <class V>
void describe(V& visit, models::ChannelParams& p) {
  visit("code", p.code, {.doc = "\"web\", \"marketplace-a\" …", .required = true, .text = Text::code});
  visit("kind", p.kind, {.doc = "web shop or marketplace"});
  visit("format", p.format, {.doc = "wire format of its messages"});
  visit("orders_per_day", p.orders_per_day, {.doc = "customers' orders", .max = 2e6});
  visit("priority", p.priority, {.doc = "who is served when stock is scarce: lower first", .max = 1e6});
  visit("safety_stock_each", p.safety_stock_each,
        {.doc = "held back from its availability, per item", .max = 1e6});
  visit("multi_unit", p.multi_unit, {.doc = "false: one unit a line"});
  visit("returns_in_store", p.returns_in_store, {.doc = "its customers may bring goods back to a store"});
  visit(
      "reserve_at", p.reserve_at,
      {.doc = "web shop: units are kept for a customer from the checkout on, or looked for at the payment"});
  visit("payment_after", p.payment_after, {.doc = "web shop: from checkout to payment"});
  visit("abandoned_share", p.abandoned_share,
        {.doc = "web shop: customers who check out and never pay", .max = 1});
  visit("order_batch_every", p.order_batch_every,
        {.doc = "marketplace: exports its orders at this cadence; 0s: at once"});
  visit("settlement_every", p.settlement_every, {.doc = "marketplace: pays at this cadence", .min = 60});
  visit("commission_bp", p.commission_bp, {.doc = "marketplace: basis points of gross sales", .max = 10'000});
  visit("feed_ingestion", p.feed_ingestion, {.doc = "marketplace: until it shows a number that it received"});
  visit("settlement", p.settlement, {.doc = "marketplace: what a settlement says and takes"});
  visit("cancels_after", p.cancels_after,
        {.doc = "marketplace: cancels what has not shipped so long after its ship date; 0s: never"});
  visit("refunds_returns", p.refunds_returns,
        {.doc = "marketplace: repays its customer when a return sets off, and tells us"});
  visit("currency", p.currency,
        {.doc =
             "marketplace: in which it sells (ISO 4217), its rates are in \"rates\"; empty: the scenario's"});
  visit("demand", p.demand, {.doc = "its customers, where they are not as the demand section says"});
}

template <class V>
void describe(V& visit, models::TraceParams& p) {
  visit("file", p.file,
        {.doc = "a trace file, or a source CSV that is imported on the fly", .text = Text::path});
  visit("anonymous_channel", p.anonymous_channel,
        {.doc = "where orders without a customer go; empty: the first channel"});
  visit("stock_cover", p.stock_cover,
        {.doc = "opening stock as a share of what the trace needs", .max = 1000});
}

template <class V>
void describe(V& visit, models::BankParams& p) {
  visit("statement_every", p.statement_every,
        {.doc = "it sends a statement (camt.053) of what payouts and settlements have brought; 0s: never"});
  visit("statement_at", p.statement_at, {.doc = "after midnight UTC"});
}

template <class V>
void describe(V& visit, models::OperationsParams& p) {
  visit("replay_every", p.replay_every,
        {.doc = "somebody tries open dead letters again at this cadence, until the hard close; 0s: never"});
}

template <class V>
void describe(V& visit, models::ApiParams& p) {
  visit("interface", p.interface,
        {.doc = "an interface out of the core that the core delivers, or one party's end of it; a trailing * "
                "allowed",
         .required = true});
  visit("slots", p.slots, {.doc = "calls at once; 0: no limit", .max = 1e6});
  visit("queue_max", p.queue_max,
        {.doc = "calls that may wait; -1: no limit; more are refused", .min = -1, .max = 1e9});
  visit("time", p.time, {.doc = "a call holds a slot"});
  visit("calls", p.calls, {.doc = "calls in each `per`, more are refused; 0: no limit", .max = 1e6});
  visit("per", p.per, {.doc = "of `calls`", .min = 0.001, .max = 86'400});
  visit("burst", p.burst, {.doc = "calls at once after a pause", .min = 1, .max = 1e6});
  visit("lockout", p.lockout,
        {.doc = "after a call too many its caller is refused for this long", .max = 86'400});
}

template <class V>
void describe(V& visit, core::Policies& p) {
  visit("hold", p.hold, {.doc = "a hold without payment is released after this", .min = 1});
  visit("authorisation_life", p.authorisation_life, {.doc = "of a card authorisation", .min = 1});
  visit("pick_deadline", p.pick_deadline,
        {.doc = "an allocation without an answer is sourced again", .min = 1});
  visit("backorder_wait", p.backorder_wait, {.doc = "then the line is cancelled"});
  visit("parking_life", p.parking_life, {.doc = "a parked event becomes a dead letter", .min = 1});
  visit("gap_timeout", p.gap_timeout, {.doc = "a gap in a source's sequence is given up", .min = 1});
  visit("pickup_shelf", p.pickup_shelf,
        {.doc = "what waits at a store and nobody collects is cancelled after this", .min = 1});
  visit("inbox_window", p.inbox_window,
        {.doc = "duplicates are recognised for at least this long", .min = 1});
  visit("inbox_max", p.inbox_max,
        {.doc = "most messages remembered; the oldest leave first", .min = 2, .max = 4e9});
  visit("replays_per_minute", p.replays_per_minute,
        {.doc = "dead letters tried again, on average and at once; 0: no limit", .max = 1e6});
  visit("expected_returns_at_sale", p.expected_returns_at_sale,
        {.doc = "accrue expected returns at the sale (rule 6)"});
  visit("expected_returns_bp", p.expected_returns_bp,
        {.doc = "basis points of net sales expected back", .max = 10'000});
  visit("returns_lapse", p.accounting.returns_lapse,
        {.doc = "what is expected back of a sale is let go so long after control passed", .min = 1});
  visit("reconcile_every", p.accounting.reconcile_every,
        {.doc =
             "capability reconciliation: records are compared at this cadence, too; 0s: at the close alone"});
  visit("valuation", p.accounting.valuation, {.doc = "what units that leave have cost"});
  visit("revenue_at", p.accounting.revenue_at,
        {.doc = "when control of shipped goods passes: revenue, tax and cost of sales"});
  visit(
      "freight_accrued", p.accounting.freight_accrued,
      {.doc =
           "freight that is not billed yet: accrued at the hand-over, or at the soft close for the period"});
  visit("freight_surcharge_max", p.accounting.freight_surcharge_max,
        {.doc = "what a carrier may add to the rate of a parcel, where it says that it does"});
  visit("snapshots", p.snapshots,
        {.doc = "what follows when a warehouse's stock list differs from the books"});
  visit("supplier_grace", p.supplier_grace,
        {.doc = "what has not come of a purchase order so long after its date is not waited for", .min = 1});
  visit("receipt_ageing", p.receipt_ageing,
        {.doc = "received and not invoiced, or the other way round, for so long: a break", .min = 1});
  visit("price_tolerance_bp", p.price_tolerance_bp,
        {.doc = "an invoice may differ from the order's price by so much", .max = 10'000});
}

template <class V>
void describe(V& visit, sim::FaultSpec& p) {
  visit("kind", p.kind, {.doc = "what fails, and how (omnisim list faults)", .required = true});
  visit("target", p.target,
        {.doc = "interface, one party's end of it, party, link, or a name with *; a defect knows its own"});
  visit("from", p.from, {.doc = "begin; default: always"});
  visit("to", p.to, {.doc = "end; default: never"});
  visit("probability", p.probability, {.doc = "of each message", .max = 1});
  visit("delay", p.delay,
        {.doc = "delay, reorder: how long a message is held back; duplicate: the gap between copies"});
  visit("factor", p.factor, {.doc = "brownout: times slower", .min = 1, .max = 1e6});
  visit("rate_per_s", p.rate_per_s, {.doc = "throttle: messages a second", .max = 1e9});
  visit("offset", p.offset, {.doc = "clock_offset, wrong_zone: added to the time", .min = -86'400 * 366});
  visit("find", p.find, {.doc = "schema_change, code_swap: a text of a message"});
  visit("replace", p.replace, {.doc = "schema_change, code_swap: what stands in its place"});
  visit("field", p.field, {.doc = "dropped_field: its name in the message"});
  visit("item", p.item, {.doc = "unknown_item, defects of one item: its code"});
  visit("id", p.id, {.doc = "defect: its number or its name"});
}

template <class V>
void describe(V& visit, models::StepParams& p) {
  visit("at", p.at, {.doc = "when", .required = true});
  visit("what", p.what, {.doc = "what somebody does", .required = true, .words = script_words});
  visit("node", p.node, {.doc = "store or DC; a return without one comes by mail"});
  visit("to_node", p.to_node, {.doc = "where a transfer goes"});
  visit("channel", p.channel, {.doc = "of an order"});
  visit("item", p.item, {.doc = "which item"});
  visit("quantity_each", p.quantity_each,
        {.doc = "units; 0: one, or all there is of what is returned or cancelled", .max = 1'000'000});
  visit("missing_each", p.missing_each,
        {.doc = "of the units that a return by mail announces, a transfer loads or a purchase asks for, so "
                "many never arrive",
         .max = 1'000'000});
  visit("order", p.order, {.doc = "names the order or purchase, or the one that is returned or cancelled"});
  visit("amount", p.amount,
        {.doc = "what a gift card is worth; of a purchase: the agreed cost of a unit, 0: its own"});
  visit("cost", p.cost, {.doc = "of each unit of a delivery; 0: the item's"});
  visit("gift_card", p.gift_card, {.doc = "pays with the oldest gift card first"});
  visit("member", p.member, {.doc = "who buys; of merge_members: who stays"});
  visit("other_member", p.other_member, {.doc = "of merge_members: who turns out to be the same person"});
  visit("points", p.points, {.doc = "that the member redeems with a sale", .max = 1e8});
  visit("dated", p.dated, {.doc = "what is written on the receipt of a delivery, where it is not `at`"});
  visit("from_cart", p.from_cart,
        {.doc = "the item was put into the cart while it was shown, and is not looked up again"});
  visit("collect_at", p.collect_at, {.doc = "an order: the store where the customer collects it"});
  visit("abandons", p.abandons, {.doc = "an order: the customer checks out and never pays"});
  visit("jurisdiction", p.jurisdiction, {.doc = "where an order goes; empty: drawn by online_share"});
}

template <class V>
void describe(V& visit, Scenario& p) {
  models::EstateParams& e = p.estate;
  visit("name", p.name, {.doc = "a name, which its results carry too", .required = true, .text = Text::code});
  visit("title", p.title, {.doc = "for people"});
  visit("description", p.description, {.doc = "what happens, and why it hurts"});
  visit("currency", e.currency, {.doc = "ISO 4217"});
  visit("rates", e.rates, {.doc = "of other currencies in which channels sell", .count_max = 10'000});
  visit("calendar", e.calendar, {.doc = "when demand happens, and when the books close"});
  visit.group("network", "links and hosts", [&](auto& inner) {
    inner("links", e.links, {.doc = "lines between sites", .count_max = 10'000});
    inner("hosts", e.hosts, {.doc = "machines", .count_max = 10'000});
  });
  visit("nodes", e.nodes, {.doc = "stores and distribution centres"});
  visit("catalogue", e.catalogue, {.doc = "items"});
  visit("opening", e.opening, {.doc = "stock at the start"});
  visit("deliveries", e.deliveries, {.doc = "from suppliers"});
  visit("replenishment", e.replenishment, {.doc = "what stores order, by their own records"});
  visit("channels", e.channels, {.doc = "web shops and marketplaces", .count_max = 64});
  visit("demand", e.demand, {.doc = "customers"});
  visit("trace", e.trace, {.doc = "imported demand in place of generated"});
  visit.group("systems", "how the parties behave", [&](auto& inner) {
    inner("dc", e.dc, {.doc = "distribution centres"});
    inner("store", e.store, {.doc = "stores"});
    inner("supplier", e.supplier, {.doc = "what the supplier makes of an order"});
    inner("procurement", e.procurement, {.doc = "who orders and pays"});
    inner("third_party", e.third_party, {.doc = "warehouses that others run"});
    inner("carrier", e.carrier, {.doc = "carrier"});
    inner("payment", e.payment, {.doc = "payment provider"});
    inner("tax", e.tax, {.doc = "tax engine, and what others believe tax to be"});
    inner("erp", e.erp, {.doc = "ERP"});
    inner("erps", e.erps,
          {.doc = "further ERPs, which came with acquisitions and keep the books of what was bought",
           .count_max = 60});
    inner("bank", e.bank, {.doc = "our account"});
    inner("crm", e.crm, {.doc = "who buys, and a loyalty scheme"});
    inner("operations", e.operations, {.doc = "who looks after the integration"});
    inner("apis", e.apis, {.doc = "what APIs of others bear", .count_max = 1000});
    inner("policies", e.policies, {.doc = "the core's policies"});
  });
  visit.pattern("pattern", p.pattern);
  visit("faults", e.faults, {.doc = "what goes wrong", .count_max = 10'000});
  visit("script", e.script, {.doc = "explicit steps"});
  visit("measures", p.measures,
        {.doc = "metrics to keep, or prefixes with *; empty: all", .count_max = 1000});
  visit("expect", p.expect,
        {.doc = "by pattern (\"*\": every one): \"metric op number\" or \"metric == number ± tolerance\"",
         .count_max = 1000});
}

}  // namespace omnisim::harness
