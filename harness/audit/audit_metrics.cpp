// The metrics of an audit, in the groups of metric_table.cpp.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "harness/audit/audit.hpp"
#include "harness/audit/metric_table.hpp"

namespace omnisim::audit {
namespace {

using Metrics = std::vector<reports::Metric>;

/// A ratio that is not defined is left out, never NaN.
void add_ratio(Metrics& out, const std::string& name, double part, double whole) {
  if (whole > 0) out.push_back({name, part / whole, "1"});
}
void add_percentiles(Metrics& out, const std::string& name, const sim::Quantiles& q) {
  if (!(q.total() > 0)) return;
  out.push_back({name + ".p50", q.at(0.50), "s"});
  out.push_back({name + ".p95", q.at(0.95), "s"});
  out.push_back({name + ".p99", q.at(0.99), "s"});
}

constexpr struct {
  std::uint16_t rule;
  const char* family;
} families[] = {{5, "sale"},   {57, "sale"},   {4, "capture"}, {1, "receipt"},
                {7, "return"}, {80, "refund"}, {10, "payout"}};

}  // namespace

void Audit::add_oversell(Metrics& out) const {
  const std::string& currency = scope_.params.currency;
  const Promises::PerChannel total = promises_.total();
  const auto group = [&](const std::string& suffix, const Promises::PerChannel& c) {
    out.push_back({"oversell.units" + suffix, static_cast<double>(c.units), "each"});
    out.push_back({"oversell.orders" + suffix, static_cast<double>(c.orders), "orders"});
    out.push_back({"oversell.revenue" + suffix, major(c.revenue_minor), currency});
    add_ratio(out, "oversell.rate" + suffix, static_cast<double>(c.units),
              static_cast<double>(c.promised_units));
    add_ratio(out, "seller_cancel.rate" + suffix, static_cast<double>(c.seller_cancelled_orders),
              static_cast<double>(c.accepted_orders));
  };
  group("", total);
  for (std::uint32_t i = 0; i < directory_.channel_count(); ++i) {
    group("." + std::string(directory_.channel(ChannelId{i}).code.view()), promises_.channel({i}));
  }
  static constexpr const char* causes[] = {"latency", "race", "phantom", "broken_reservation",
                                           "double_count"};
  for (std::size_t i = 0; i < cause_count; ++i) {
    out.push_back({std::string("oversell.cause.") + causes[i],
                   static_cast<double>(promises_.cause(static_cast<Cause>(i))), "each"});
  }
  double sum = 0, squares = 0, positive = 0;
  for (const std::int32_t units : promises_.oversold_by_item()) {
    sum += units;
    squares += static_cast<double>(units) * units;
    positive += units > 0 ? 1 : 0;
  }
  const auto n = static_cast<double>(promises_.oversold_by_item().size());
  if (n > 1) {
    const double mean = sum / n;
    out.push_back({"oversell.per_item.mean", mean, "each"});
    out.push_back({"oversell.per_item.half_width",
                   1.959964 * std::sqrt(std::max(0.0, squares / n - mean * mean) / (n - 1)), "each"});
    out.push_back({"oversell.per_item.share_positive", positive / n, "1"});
  }
  out.push_back({"undersell.units", static_cast<double>(promises_.undersold_units), "each"});
  out.push_back(
      {"undersell.cancelled_units", static_cast<double>(promises_.undersold_cancelled_units), "each"});
  out.push_back({"undersell.cart_units", static_cast<double>(promises_.undersold_cart_units), "each"});
  add_ratio(out, "fill.rate", static_cast<double>(promises_.on_time_units),
            static_cast<double>(promises_.wanted_units));
  if (scope_.params.demand.substitution.share <= 0) return;
  out.push_back({"substitution.units", static_cast<double>(promises_.substituted_units), "each"});
  out.push_back(
      {"substitution.needless_units", static_cast<double>(promises_.needlessly_substituted_units), "each"});
  add_ratio(out, "substitution.rate", static_cast<double>(promises_.substituted_units),
            static_cast<double>(promises_.wanted_units));
}

void Audit::add_drift(Metrics& out) const {
  const StockAudit::Drift drift = stock_.drift();
  out.push_back({"drift.book.abs_mean", drift.abs_mean, "each"});
  out.push_back({"drift.book.signed_mean", drift.signed_mean, "each"});
  out.push_back({"drift.book.p99", static_cast<double>(drift.p99), "each"});
  out.push_back({"drift.book.max", static_cast<double>(drift.max), "each"});
  out.push_back({"drift.book.inaccurate_share", drift.inaccurate_share, "1"});
  out.push_back({"drift.channel.abs_mean", drift.channel_abs_mean, "each"});
  static constexpr const char* classes[] = {"a", "b", "c"};
  for (std::size_t abc = 0; abc < 3; ++abc) {
    add_ratio(out, std::string("drift.in_tolerance.") + classes[abc],
              static_cast<double>(stock_.accuracy().right(abc)),
              static_cast<double>(stock_.accuracy().records(abc)));
  }
  add_percentiles(out, "drift.healing", stock_.healing());
  out.push_back({"drift.value", major(static_cast<std::int64_t>(drift.value)), scope_.params.currency});
}

void Audit::add_close(Metrics& out) const {
  const std::string& currency = scope_.params.currency;
  const auto booked = by_account(booked_.at_close()), truth = by_account(true_.period());
  std::map<std::uint32_t, std::int64_t> difference = booked;
  std::int64_t scale = 0, apart = 0, cut_off = 0, duplicated = 0, misclassified = 0, unfounded = 0,
               missing = 0;
  for (const auto& [account, amount] : truth) difference[account] -= amount, scale += std::abs(amount);
  const auto late = by_account(booked_.cut_off()), twice = by_account(booked_.duplicated()),
             elsewhere = by_account(booked_.misclassified()), invented = by_account(booked_.unfounded());
  const auto of = [](const std::map<std::uint32_t, std::int64_t>& sums, std::uint32_t account) {
    const auto found = sums.find(account);
    return found == sums.end() ? 0 : found->second;
  };
  double adjustments = 0;
  for (const auto& [account, amount] : difference) {
    apart += std::abs(amount);
    if (amount != 0) ++adjustments;
    out.push_back({"close.misstatement." + std::to_string(account), major(std::abs(amount)), currency});
    const std::int64_t l = of(late, account), d = of(twice, account), c = of(elsewhere, account),
                       u = of(invented, account);
    cut_off += std::abs(l), duplicated += std::abs(d), misclassified += std::abs(c), unfounded += std::abs(u),
        missing += std::abs(amount - l - d - c - u);
  }
  if (scale > 0)
    out.push_back(
        {"close.accuracy",
         apart == 0 ? 1.0 : std::max(0.0, 1 - static_cast<double>(apart) / static_cast<double>(scale)), "1"});
  out.push_back({"close.misstatement", major(apart), currency});
  out.push_back({"close.misstatement.cut_off", major(cut_off), currency});
  out.push_back({"close.misstatement.duplication", major(duplicated), currency});
  out.push_back({"close.misstatement.classification", major(misclassified), currency});
  if (unfounded != 0) out.push_back({"close.misstatement.occurrence", major(unfounded), currency});
  out.push_back({"close.misstatement.completeness", major(missing), currency});
  out.push_back({"close.adjustments", adjustments, "entries"});
  out.push_back({"close.adjustments_value", major(apart), currency});
  double unmatched = 0;
  for (const auto& by_age : unmatched_)
    for (const std::int64_t items : by_age) unmatched += static_cast<double>(items);
  out.push_back({"close.unmatched", unmatched, "items"});
  // What never agrees has been wrong for as long as the run went on, and at least until the books were
  // closed.
  const models::CalendarParams& calendar = scope_.params.calendar;
  const core::Time never = std::max(end_, calendar.period_end + calendar.hard_close_after);
  const core::Time agreed = booked_.agreed_at().value_or(never);
  out.push_back({"close.hours", static_cast<double>((agreed - calendar.period_end).count()) / 3.6e9, "h"});
  out.push_back({"close.late_events", static_cast<double>(booked_.late_events), "events"});
  for (const auto& [rule, family] : families) {
    const auto found = booked_.latency().find(rule);
    if (found != booked_.latency().end())
      add_percentiles(out, std::string("reconciliation.latency.") + family, found->second);
  }
  out.push_back({"sales.units_net", static_cast<double>(true_.sales_units_net), "each"});
  out.push_back({"sales.value_net", major(true_.sales_value_net_minor), currency});
  std::int64_t booked_sales = 0;
  for (const auto& [account, amount] : by_account(booked_.all())) {
    if (account == 4000 || account == 4010 || account == 4020 || account == 4030) booked_sales -= amount;
  }
  out.push_back({"ledger.sales_net", major(booked_sales), currency});
}

void Audit::add_dispatch(Metrics& out) const {
  const std::vector<core::ApiStatus> apis = core_->apis();
  if (apis.empty()) return;
  std::map<core::ApiKind, std::array<std::uint64_t, core::call_result_count>> results;
  std::uint64_t undelivered = 0, superseded = 0;
  for (const core::ApiStatus& api : apis) {
    for (std::size_t i = 0; i < core::call_result_count; ++i) results[api.kind][i] += api.results[i];
    undelivered += api.undelivered;
    superseded += api.superseded;
  }
  const auto count = [&](std::string name, std::uint64_t value, const char* unit) {
    out.push_back({std::move(name), static_cast<double>(value), unit});
  };
  for (const auto& [kind, of_kind] : results) {
    const auto ended = [&of = of_kind](core::CallResult result) {
      return of[static_cast<std::size_t>(result)];
    };
    const std::string name(core::name_of(kind));
    count("dispatch.failed." + name, ended(core::CallResult::failed) + ended(core::CallResult::timed_out),
          "calls");
    count("dispatch.throttled." + name, ended(core::CallResult::throttled), "calls");
  }
  count("dispatch.undelivered", undelivered, "commands");
  count("dispatch.superseded", superseded, "commands");
}

void Audit::add_flow(Metrics& out) const {
  const Promises::PerChannel total = promises_.total();
  const auto count = [&](const char* name, auto value, const char* unit) {
    out.push_back({name, static_cast<double>(value), unit});
  };
  count("orders.captured", promises_.orders_captured, "orders");
  count("orders.accepted", total.accepted_orders, "orders");
  count("orders.fulfilled", promises_.orders_fulfilled, "orders");
  count("orders.cancelled", promises_.orders_cancelled, "orders");
  count("orders.declined", promises_.orders_declined, "orders");
  count("orders.returned_units", promises_.units_returned, "each");
  count("orders.abandoned_carts", promises_.carts_abandoned, "orders");
  count("orders.refused_at_payment", promises_.carts_refused, "orders");
  count("orders.collected_units", promises_.units_collected, "each");
  count("orders.not_collected", promises_.orders_not_collected, "orders");
  count("orders.returned_to_sender_units", promises_.units_back, "each");
  count("orders.stuck_units", promises_.stuck_units, "each");
  count("orders.unpaid_units", promises_.unpaid_units, "each");
  add_percentiles(out, "latency.order_to_ship", promises_.order_to_ship);
  const sim::StationStats erp = estate_->erp_station();
  if (erp.arrivals > 0) {
    const auto arrivals = static_cast<double>(erp.arrivals);
    add_ratio(out, "queue.wait.mean.erp", erp.wait_seconds, arrivals - static_cast<double>(erp.refused));
    out.back().unit = "s";
    out.push_back({"queue.wait.p99.erp", erp.wait.at(0.99), "s"});
    out.push_back({"queue.waited_share.erp", static_cast<double>(erp.waited) / arrivals, "1"});
    out.push_back({"queue.refused_share.erp", static_cast<double>(erp.refused) / arrivals, "1"});
    count("queue.depth.max.erp", erp.depth_max, "calls");
  }
  std::uint64_t retries = 0;
  for (const models::SystemStats& system : estate_->stats()) {
    out.push_back({"api.calls." + system.system, static_cast<double>(system.calls), "calls"});
    if (system.is_erp)
      out.push_back({"api.throttled." + system.system, static_cast<double>(system.throttled), "calls"});
    retries += system.retries;
  }
  const core::Counters& core = core_->counters();
  count("delivery.messages", delivery_.sent, "messages");
  count("delivery.repeated", delivery_.repeated, "messages");
  count("delivery.lost", delivery_.lost, "messages");
  count("delivery.retries", retries, "messages");
  count("delivery.duplicates_absorbed", core.duplicates_absorbed, "messages");
  count("dead_letters", core.dead_letters, "messages");
  count("messages.dropped", core.dropped, "messages");
  count("exceptions.open_at_end", core_->open_items().size(), "items");
  count("reservations.broken", core.reservations_broken, "units");
  count("stock.shelf_moves", stock_.moves(), "moves");
}

std::vector<reports::Metric> Audit::balances() const {
  Metrics out;
  for (const reports::Account& account : trial_balance()) {
    out.push_back({"ledger.booked." + account.number, major(account.booked_minor), scope_.params.currency});
    out.push_back({"ledger.true." + account.number, major(account.true_minor), scope_.params.currency});
  }
  std::array<std::int64_t, age_count> open{}, unmatched{};
  for (const core::OpenItem& item : core_->open_items()) {
    if (item.kind == core::ItemKind::difference) ++open[static_cast<std::size_t>(age_of(end_ - item.since))];
  }
  const auto by_age = [&](const std::string& name, const std::array<std::int64_t, age_count>& items) {
    for (std::size_t age = 0; age < age_count; ++age)
      out.push_back({name + "." + name_of(static_cast<Age>(age)), static_cast<double>(items[age]), "items"});
  };
  const auto sum = [](const std::array<std::int64_t, age_count>& items) {
    return static_cast<double>(items[0] + items[1] + items[2]);
  };
  out.push_back({"reconciliation.open_items", sum(open), "items"});
  by_age("reconciliation.open_items", open);
  for (std::size_t kind = 0; kind < unmatched_kind_count; ++kind) {
    const std::string name = std::string("close.unmatched.") + name_of(static_cast<UnmatchedKind>(kind));
    out.push_back({name, sum(unmatched_[kind]), "items"});
    by_age(name, unmatched_[kind]);
    for (std::size_t age = 0; age < age_count; ++age) unmatched[age] += unmatched_[kind][age];
  }
  by_age("close.unmatched.age", unmatched);
  return out;
}

std::vector<reports::Metric> Audit::metrics() const {
  Metrics out;
  add_oversell(out);
  add_drift(out);
  add_close(out);
  add_tax(out);
  add_flow(out);
  add_dispatch(out);
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return out;
}

std::vector<reports::Reason> Audit::reasons() const {
  std::vector<reports::Reason> out;
  const auto say = [&](const char* metric, std::string text) { out.push_back({metric, std::move(text)}); };
  const std::int64_t oversold = promises_.total().units;
  if (oversold > 0) {
    static constexpr const char* words[] = {"promised from a number that had not heard of earlier sales",
                                            "promised within a second of somebody else's purchase",
                                            "promised from stock that had been stolen or was not found",
                                            "held, and then taken by somebody else",
                                            "promised from a number that counted units twice"};
    std::string text = "Of " + std::to_string(oversold) + " oversold units";
    const char* separator = ", ";
    for (std::size_t i = 0; i < cause_count; ++i) {
      const std::int64_t units = promises_.cause(static_cast<Cause>(i));
      if (units > 0) text += separator + std::to_string(units) + " were " + words[i];
    }
    say("oversell", text + ".");
  }
  if (booked_.late_events > 0)
    say("close", std::to_string(booked_.late_events) +
                     " journal entries of the period reached the ledger after its hard close.");
  if (delivery_.lost > 0)
    say("close",
        std::to_string(delivery_.lost) + " messages never arrived; what they reported was never booked.");
  if (delivery_.doubled > 0)
    say("close", std::to_string(delivery_.doubled) + " messages came again and had their effects twice.");
  if (core_->counters().duplicates_absorbed > 0) {
    say("close", std::to_string(core_->counters().duplicates_absorbed) +
                     " repeated messages were absorbed by the inbox.");
  }
  if (stock_.healing().total() > 0) {
    const double hours = stock_.healing().at(0.5) / 3600;
    char text[96];
    std::snprintf(text, sizeof text, "Half of all stock differences lasted longer than %.*f h.",
                  hours < 1 ? 4 : 1, hours);
    say("drift", text);
  }
  return out;
}

}  // namespace omnisim::audit
