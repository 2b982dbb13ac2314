#include "harness/audit/metric_table.hpp"

#include <array>

namespace omnisim::audit {
namespace {

constexpr MetricRow metrics[] = {
    {"oversell.units", "each",
     "units promised that no node could physically supply: cancelled by the seller, late or never shipped "
     "(decision 0005)"},
    {"oversell.units.*", "each", "the same for one channel"},
    {"oversell.rate", "1", "oversell.units / units promised online"},
    {"oversell.rate.*", "1", "the same for one channel"},
    {"oversell.orders", "orders", "orders with an oversold unit"},
    {"oversell.orders.*", "orders", "the same for one channel"},
    {"oversell.revenue", "money", "net value of oversold units"},
    {"oversell.revenue.*", "money", "the same for one channel"},
    {"oversell.cause.*", "each",
     "oversold units by cause: latency, race, phantom, broken_reservation, double_count"},
    {"oversell.per_item.mean", "each", "oversold units per item, mean over items that were ever in stock"},
    {"oversell.per_item.half_width", "each", "half width of its 95 % interval over items"},
    {"oversell.per_item.share_positive", "1", "share of items with an oversold unit"},
    {"undersell.units", "each",
     "units refused, or cancelled by the seller, while a free unit was physically there"},
    {"undersell.cancelled_units", "each",
     "the part of undersell.units that had been promised and was cancelled"},
    {"undersell.cart_units", "each",
     "the part of undersell.units that was refused while kept for customers who never paid"},
    {"fill.rate", "1",
     "units sold at tills, or shipped or ready to be collected by the promised time / units wanted; a unit "
     "taken "
     "in place of another counts as that one"},
    {"substitution.units", "each",
     "units that were sold out, in whose place the customer took another item; neither refused nor undersold "
     "(only where the scenario has substitution)"},
    {"substitution.needless_units", "each",
     "the part of substitution.units of which a free unit was physically there, and not shown"},
    {"substitution.rate", "1", "substitution.units / units wanted"},
    {"seller_cancel.rate", "1", "orders with a line cancelled by the seller / orders accepted"},
    {"seller_cancel.rate.*", "1", "the same for one channel"},
    {"drift.book.abs_mean", "each",
     "time-weighted mean over SKU-nodes of abs(booked on hand - true on hand)"},
    {"drift.book.signed_mean", "each", "time-weighted mean over SKU-nodes of booked - true on hand"},
    {"drift.book.p99", "each", "99th percentile over SKU-nodes and time of abs(booked - true)"},
    {"drift.book.max", "each", "largest abs(booked - true) that lasted"},
    {"drift.book.inaccurate_share", "1", "time-weighted share of SKU-nodes with booked different from true"},
    {"drift.channel.abs_mean", "each",
     "time-weighted mean over SKU-channels of abs(shown - truly available)"},
    {"drift.in_tolerance.*", "1",
     "share of SKU-nodes whose record is right within 1 % (a), 3 % (b), 5 % (c) at the end of demand; a, b, "
     "c: items "
     "that make the first 80 %, the next 15 % and the rest of the value sold at cost"},
    {"drift.healing.p50", "s", "median time from a difference's birth to its end"},
    {"drift.healing.p95", "s", "95th percentile of it"},
    {"drift.healing.p99", "s", "99th percentile of it"},
    {"drift.value", "money", "sum over SKU-nodes of abs(booked - true) at cost, at the end"},
    {"close.accuracy", "1",
     "1 - sum abs(booked - true) / sum abs(true) over accounts at hard close, at least 0"},
    {"close.misstatement", "money", "sum over accounts of abs(booked - true) at hard close"},
    {"close.misstatement.*", "money",
     "the same for one account, or for its part: cut_off, classification, duplication, "
     "occurrence (sales that did not happen, or not yet; where there are any), completeness"},
    {"close.unmatched", "items",
     "shipments, captures, payouts, settlements, returns, refunds, receipts and freight of the period that "
     "were not booked by hard close"},
    {"close.unmatched.*", "items",
     "the same by kind (shipments, captures, payouts, settlements, returns, refunds, receipts, freight), by "
     "age at "
     "hard close (age.day: up to one, age.week: up to seven, age.older), or by both (shipments.week); in "
     "results only "
     "where `measures` asks for it"},
    {"close.adjustments", "entries", "accounts that need an entry at hard close to become true"},
    {"close.adjustments_value", "money", "value of these entries"},
    {"close.hours", "h",
     "from period end until everything that happened in it is booked and true; where never: the whole run, "
     "at least to the hard close"},
    {"close.late_events", "events", "journal entries of the period that reached the ledger after hard close"},
    {"tax.due.*", "money", "sales tax of the period that is owed by law, by jurisdiction"},
    {"tax.booked.*", "money", "sales tax in the ledger at hard close, by jurisdiction"},
    {"tax.remitted.*", "money", "sales tax that was paid to the authority, by jurisdiction"},
    {"tax.misstated", "money", "sum over jurisdictions of abs(booked - due) at hard close"},
    {"tax.undercharged", "money", "tax due that customers were not charged: the seller bears it"},
    {"tax.overcharged", "money", "tax that customers were charged and that was not due"},
    {"reconciliation.latency.*", "s",
     "from an event to its entry in the ledger, by family and percentile: sale, capture, receipt, return, "
     "refund, payout"},
    {"orders.captured", "orders", "online orders placed"},
    {"orders.accepted", "orders", "online orders promised"},
    {"orders.fulfilled", "orders", "online orders delivered in full"},
    {"orders.cancelled", "orders", "online orders with a line cancelled by the seller"},
    {"orders.declined", "orders", "online orders whose payment was declined"},
    {"orders.returned_units", "each", "units of online orders that came back"},
    {"orders.abandoned_carts", "orders",
     "checkouts that no payment followed; orders.captured leaves them out"},
    {"orders.refused_at_payment", "orders", "checkouts whose units were gone when the customer came to pay"},
    {"orders.collected_units", "each", "units that customers collected at a store"},
    {"orders.not_collected", "orders", "cancellations of what waited at a store and nobody came for"},
    {"orders.returned_to_sender_units", "each", "units in parcels that nobody took and that came back"},
    {"orders.stuck_units", "each",
     "promised units that were neither delivered, collected, brought back, lost nor cancelled at the end"},
    {"orders.unpaid_units", "each", "units shipped of orders whose payment was declined"},
    {"latency.order_to_ship.*", "s", "from order to first shipment: p50, p95, p99"},
    {"queue.wait.mean.erp", "s", "mean wait for an API slot of the ERP"},
    {"queue.wait.p99.erp", "s", "99th percentile of it"},
    {"queue.waited_share.erp", "1", "share of calls that had to wait"},
    {"queue.refused_share.erp", "1", "share of calls that were refused"},
    {"queue.depth.max.erp", "calls", "most calls waiting at once"},
    {"api.calls.*", "calls",
     "messages sent over an interface, resends included; an ERP by name: calls of its API"},
    {"api.throttled.*", "calls",
     "calls that an ERP has refused: no slot was free, more in a window than allowed, or in maintenance"},
    {"dispatch.failed.*", "calls",
     "calls of the core's dispatcher that failed or had no answer in time, by API"},
    {"dispatch.throttled.*", "calls", "calls of it that were refused for their rate, by API"},
    {"dispatch.undelivered", "commands", "commands that the dispatcher has given up, with an owner"},
    {"dispatch.superseded", "commands",
     "availability numbers replaced by newer ones before they were delivered"},
    {"delivery.messages", "messages", "logical messages sent"},
    {"delivery.repeated", "messages", "arrivals of messages that had arrived before"},
    {"delivery.lost", "messages", "messages that never arrived and never will"},
    {"delivery.retries", "messages", "resends"},
    {"delivery.duplicates_absorbed", "messages", "repeated messages that the core's inbox absorbed"},
    {"dead_letters", "messages", "messages that the core could not process and kept, with an owner"},
    {"messages.dropped", "messages", "messages that the core could not process and did not keep"},
    {"exceptions.open_at_end", "items",
     "orders, returns and payments of the core that are not terminal at the end"},
    {"reservations.broken", "units", "reservations broken because somebody took the unit"},
    {"sales.units_net", "each", "units sold less units returned, in truth"},
    {"sales.value_net", "money", "goods, shipping and charges sold less returned, net of tax, in truth"},
    {"ledger.sales_net", "money",
     "what the ledger says was sold at the end: revenue, shipping, discounts and returns (4000, 4010, 4020, "
     "4030); "
     "vouchers and fees, which sales.value_net counts as documents do, are other accounts"},
    {"ledger.booked.*", "money",
     "balance of one account of the period as it is booked at hard close, debits above zero; in results only "
     "where `measures` asks for it"},
    {"ledger.true.*", "money", "the same as it is true"},
    {"reconciliation.open_items", "items",
     "differences between records that are open at the end (capability reconciliation); in results only "
     "where "
     "`measures` asks for it"},
    {"reconciliation.open_items.*", "items", "the same by age: day (up to one), week (up to seven), older"},
    {"stock.shelf_moves", "moves", "physical moves of stock"},
};

constexpr InvariantRow invariants[] = {
    {"stock.conserved",
     "per SKU, the sum over all places and states never changes, in the world and in the core"},
    {"stock.nonnegative", "no physical state is below zero in the world"},
    {"money.balanced", "every posting balances"},
    {"money.truth",
     "once every message is delivered and every late event posted, booked = true, account by account"},
    {"once.only", "an event's effects appear exactly once, however often it was delivered"},
    {"nothing.lost", "every message sent is processed, in flight, or a dead letter with an owner"},
    {"order.terminal", "every order, return and payment reaches a terminal state once faults have healed"},
    {"reservation.bounded", "reserved is at most booked on hand, per SKU-node"},
    {"replay.equal", "the core rebuilt from its log equals the core that wrote it, hash for hash"},
    {"lineage.whole", "every posting and movement leads back to one source message"},
};

}  // namespace

std::span<const MetricRow> metric_table() { return metrics; }
std::span<const InvariantRow> invariant_table() { return invariants; }

const MetricRow* metric_row(std::string_view name) {
  const MetricRow* family = nullptr;
  for (const MetricRow& row : metrics) {
    if (row.name == name) return &row;
    if (row.name.ends_with(".*") && name.starts_with(row.name.substr(0, row.name.size() - 1))) family = &row;
  }
  return family;
}

}  // namespace omnisim::audit
