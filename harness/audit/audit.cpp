#include "harness/audit/audit.hpp"

#include <algorithm>

#include "harness/audit/picture.hpp"

namespace omnisim::audit {
namespace {

/// Safety stock is policy where the pattern publishes net of it; else channels are meant to see everything.
std::vector<std::int32_t> safety_of(const core::Directory& directory, const Scope& scope) {
  std::vector<std::int32_t> safety;
  for (std::uint32_t i = 0; i < directory.channel_count(); ++i) {
    safety.push_back(
        scope.pattern.capabilities.safety_stock ? directory.channel(ChannelId{i}).safety_stock_each : 0);
  }
  return safety;
}

core::Time hard_close(const Scope& scope) {
  return scope.params.calendar.period_end + scope.params.calendar.hard_close_after;
}

}  // namespace

Audit::Audit(const core::Directory& directory, Scope scope)
    : directory_(directory),
      scope_(scope),
      stock_(directory, scope.params.calendar.from, scope.params.calendar.to, safety_of(directory, scope)),
      promises_(directory, stock_),
      true_(directory, promises_, scope.params.calendar.period_end, scope.keep_ledgers,
            scope.params.calendar.ledger_utc_offset_min, policy_of(scope.params.policies)),
      booked_(scope.params.calendar.period_end, hard_close(scope),
              scope.params.calendar.ledger_utc_offset_min, scope.keep_ledgers),
      consolidation_(scope.params),
      ways_(scope.params.calendar.from, scope.params.calendar.to),
      hard_close_(hard_close(scope)) {
  true_.tolerate_prices(scope.params.policies.price_tolerance_bp);
  true_.set_terms(scope.params.crm);
  if (!scope_.params.rates.empty()) promises_.know_rates(scope_.params);
}

void Audit::watch(const core::Core& core, const models::Estate& estate, const core::Store& log) {
  core_ = &core;
  estate_ = &estate;
  log_ = &log;
}

void Audit::on_fact(const world::Fact& fact) {
  if (fact.at >= scope_.params.calendar.period_end && !true_.closed()) follow_ledger(fact.at);
  stock_.on_fact(fact);
  promises_.on_fact(fact);
  true_.on_fact(fact);
}

void Audit::after_core_step(core::Time now) {
  const auto& movements = core_->movements();
  for (; movements_seen_ < movements.size(); ++movements_seen_) {
    const core::Movement& movement = movements[movements_seen_];
    stock_.on_movement(now, movement);
    delivery_.on_effect(movement.cause);
  }
  stock_.end_step();
  const auto& entries = core_->journal();
  for (; entries_seen_ < entries.size(); ++entries_seen_) delivery_.on_effect(entries[entries_seen_].cause);
  follow_ledger(now);
  if (!scope_.keep_ledgers) return;
  ways_.sample_until(now);
  if (!ageing_ && now >= hard_close_) ageing_ = ageing_of(*core_, hard_close_);
}

reports::Picture Audit::picture() const {
  reports::Picture picture;
  picture.grids.push_back(drift_by_node(directory_, stock_));
  picture.grids.push_back(oversold_by_channel(directory_, stock_, promises_));
  picture.flows = flows_of(stock_);
  picture.faults = faults_of(scope_);
  if (scope_.keep_ledgers) {
    picture.grids.push_back(ways_.under_way_over_time());
    picture.ways = ways_.ways();
    picture.ageing = ageing_ ? *ageing_ : ageing_of(*core_, end_);
    add_open_at_end(picture.ageing, *core_);
  }
  picture.work = work_of(*core_, end_);
  return picture;
}

Suspects Audit::suspects() const {
  Suspects worst;
  for (const core::Code& order : promises_.most_oversold(suspects_max))
    worst.orders.emplace_back(order.view());
  for (const auto& [sku, node] : stock_.longest_wrong(suspects_max)) {
    worst.records.push_back(
        {std::string(directory_.item(sku).code.view()), std::string(directory_.node(node).code.view())});
  }
  return worst;
}

void Audit::follow_ledger(core::Time now) {
  true_.close_period(now);
  consolidation_.follow(estate_->ledgers(),
                        [this](const ConsolidatedEntry& it) { booked_.take(*it.entry, it.postings, true_); });
}

void Audit::finish(core::Time now, bool replay_equal) {
  end_ = now;
  replay_equal_ = replay_equal;
  if (!true_.closed()) true_.close_period(std::max(now, scope_.params.calendar.period_end));
  true_.lapse_until(now);
  after_core_step(now);
  promises_.finish();
  booked_.finish(true_);
  unmatched_ = unmatched_at(hard_close(scope_), true_, booked_);
  stock_.finish(now);
  delivery_.finish(*log_);
  for (std::uint32_t sku = 0; sku < directory_.item_count(); ++sku) {
    for (std::uint32_t node = 0; node < directory_.node_count(); ++node) {
      std::int64_t all = 0;
      std::int32_t on_hand = 0;
      for (std::size_t b = 0; b < core::bucket_count; ++b) {
        const std::int32_t units = core_->balance({sku}, {node}, static_cast<core::Bucket>(b));
        all += units;
        if (core::is_on_hand(static_cast<core::Bucket>(b))) on_hand += units;
      }
      if (all != 0 || on_hand != stock_.booked_on_hand({sku}, {node})) ++cells_apart_;
    }
  }
}

namespace {

/// Mapping tables that are not what the codes of an acquired company mean.
bool has_wrong_tables(const models::EstateParams& params) {
  const auto is_left_out = [](const models::CodePairParams& pair) { return !pair.in_table; };
  return std::any_of(params.erps.begin(), params.erps.end(), [&](const models::OtherErpParams& other) {
    return std::any_of(other.items.begin(), other.items.end(), is_left_out) ||
           std::any_of(other.node_codes.begin(), other.node_codes.end(), is_left_out) ||
           std::any_of(other.accounts.begin(), other.accounts.end(),
                       [](const auto& pair) { return pair.in_table.value_or(pair.theirs) != pair.theirs; });
  });
}

/// Replies of an ERP that nobody here understands, for a while or for ever.
bool has_releases(const models::EstateParams& params) {
  return !params.erp.releases.empty() ||
         std::any_of(params.erps.begin(), params.erps.end(),
                     [](const models::OtherErpParams& other) { return !other.system.releases.empty(); });
}

}  // namespace

/// No deployment can keep a promise about messages that say something wrong or are never written, or rules
/// that are wrong.
bool Audit::says_what_happened() const {
  const auto spoils = [](const sim::FaultSpec& fault) {
    const sim::FaultLevel level = level_of(fault.kind);
    return level == sim::FaultLevel::message || level == sim::FaultLevel::defect;
  };
  const auto& faults = scope_.params.faults;
  if (has_wrong_tables(scope_.params)) return false;
  return !scope_.pattern.faults ||
         (!has_releases(scope_.params) && scope_.params.carrier.missing_scan_share <= 0 &&
          std::none_of(faults.begin(), faults.end(), spoils));
}

bool Audit::promises_all_arrive() const {
  const bool retries = scope_.pattern.capabilities.retry;
  const auto insists = [&](const models::InterfaceParams& i) {
    if (i.delivery == models::Delivery::core) return retries && i.api.tries_max == 0;
    return i.promise == models::Promise::at_least_once && i.tries_max == 0;
  };
  return insists(scope_.pattern.defaults) &&
         std::all_of(scope_.pattern.interfaces.begin(), scope_.pattern.interfaces.end(), insists);
}

std::vector<reports::Invariant> Audit::invariants() const {
  const core::Capabilities& has = scope_.pattern.capabilities;
  const core::Counters& counters = core_->counters();
  const bool all_arrive = promises_all_arrive();
  const bool exact = has.idempotency && has.ordering && has.dead_letters && has.parking &&
                     has.schema_validation && all_arrive && says_what_happened();
  // Files have no numbers: whether a count has seen what they tell only times can say.
  const bool shelves_known = has.freshness || scope_.params.nodes.third_parties == 0;
  const std::int64_t world_apart = stock_.apart_in_world();
  const std::uint64_t accounted = counters.processed + counters.duplicates_absorbed + counters.dead_letters +
                                  counters.parked + counters.dropped;
  // What waits for the integration host has arrived and is not taken yet; then something is under way.
  const std::uint64_t not_taken = estate_->pending().empty() && delivery_.arrivals_at_core > counters.received
                                      ? delivery_.arrivals_at_core - counters.received
                                      : 0;
  const bool none_vanished = delivery_.lost_to_core == 0 && counters.dropped == 0 && not_taken == 0 &&
                             accounted == counters.received;
  const auto open = core_->open_items();
  const std::int64_t gap = [&] {
    std::int64_t sum = 0;
    Balances difference = booked_.all();
    for (const auto& [key, amount] : true_.all()) difference[key] -= amount;
    for (const auto& [key, amount] : difference) sum += std::abs(amount);
    return sum;
  }();
  const auto n = [](auto count) { return static_cast<std::int64_t>(count); };
  std::vector<reports::Invariant> out;
  const auto add = [&](std::string id, bool held, std::int64_t checks, bool promised, std::string detail) {
    out.push_back({std::move(id), held, checks, promised, held ? std::string() : std::move(detail)});
  };
  add("stock.conserved", cells_apart_ == 0 && world_apart == 0, n(stock_.moves() + stock_.movements()), true,
      std::to_string(cells_apart_) + " SKU-nodes of the core and " + std::to_string(world_apart) +
          " SKUs of the world do not add up");
  add("stock.nonnegative", stock_.negative_places() == 0, n(stock_.moves()), true,
      std::to_string(stock_.negative_places()) + " moves left less than nothing");
  add("money.balanced", booked_.unbalanced == 0 && true_.unbalanced == 0, n(booked_.checked), true,
      std::to_string(booked_.unbalanced) + " entries do not balance");
  add("money.truth", gap == 0, n(booked_.all().size()),
      exact && has.timeouts && true_.costs_are_knowable && shelves_known,
      "booked and true differ by " + std::to_string(gap) + " minor units over accounts");
  add("once.only", delivery_.doubled == 0 && booked_.doubled_entries == 0, n(delivery_.effects_checked),
      has.idempotency && scope_.pattern.erp_checks_entry_id,
      std::to_string(delivery_.doubled) + " messages had their effects twice, " +
          std::to_string(booked_.doubled_entries) +
          " entries were posted twice; first: " + delivery_.first_doubled);
  add("nothing.lost", none_vanished, n(delivery_.sent_to_core), all_arrive && has.dead_letters,
      std::to_string(delivery_.lost_to_core) + " messages vanished on their way, " +
          std::to_string(not_taken) + " before the core, " + std::to_string(counters.dropped) +
          " in the core");
  add("order.terminal", open.empty() && promises_.stuck_units == 0, promises_.orders_captured,
      exact && has.timeouts,
      std::to_string(open.size()) + " open in the core" +
          (open.empty()
               ? ""
               : " (first: " + std::string(core::name_of(open.front().kind)) + " " +
                     std::string(open.front().id.view()) + " " + std::string(open.front().state) + ")") +
          ", " + std::to_string(promises_.stuck_units) + " units promised and never settled" +
          (promises_.first_stuck.empty() ? "" : " (first: " + promises_.first_stuck + ")"));
  add("reservation.bounded", stock_.reservations_over() == 0, n(stock_.reservations_checked()),
      has.reservation_authority,
      std::to_string(stock_.reservations_over()) + " times more was reserved than booked on hand");
  add("replay.equal", replay_equal_, 1, true, "the core rebuilt from its log has another state");
  add("lineage.whole", delivery_.rootless == 0, n(delivery_.effects_checked), true,
      std::to_string(delivery_.rootless) + " effects lead to no message that was sent");
  return out;
}

std::vector<reports::Series> Audit::series() const {
  std::vector<reports::Series> out;
  out.push_back({"drift.book.abs_sum", "each", stock_.hourly_abs_units()});
  reports::Series oversold{"oversell.units.cumulative", "each", {}};
  double units = 0;
  auto next = promises_.oversold().begin();
  for (const reports::Point& hour : stock_.hourly_abs_units()) {
    for (; next != promises_.oversold().end() && next->at <= hour.at; ++next) units += next->units;
    oversold.points.push_back({hour.at, units});
  }
  out.push_back(std::move(oversold));
  return out;
}

std::vector<reports::Account> Audit::trial_balance() const {
  const auto booked = by_account(booked_.at_close()), truth = by_account(true_.period()),
             booked_end = by_account(booked_.all()), true_end = by_account(true_.all());
  std::map<std::uint32_t, reports::Account> rows;
  const auto fill = [&](const std::map<std::uint32_t, std::int64_t>& from,
                        std::int64_t reports::Account::*member) {
    for (const auto& [number, amount] : from) {
      reports::Account& row = rows[number];
      row.number = std::to_string(number);
      row.name = std::string(account_name(number));
      row.*member = amount;
    }
  };
  fill(booked, &reports::Account::booked_minor), fill(truth, &reports::Account::true_minor);
  fill(booked_end, &reports::Account::booked_end_minor), fill(true_end, &reports::Account::true_end_minor);
  std::vector<reports::Account> out;
  out.reserve(rows.size());
  for (auto& [number, row] : rows) out.push_back(std::move(row));
  return out;
}

}  // namespace omnisim::audit
