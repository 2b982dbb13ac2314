#include "harness/run_once.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <map>

#include "core/core.hpp"
#include "core/finance/rules.hpp"
#include "core/observe/exceptions.hpp"
#include "core/store/memory_store.hpp"
#include "harness/audit/audit.hpp"
#include "harness/scenario/expectation.hpp"
#include "harness/scenario/json_text.hpp"
#include "harness/scenario/values.hpp"
#include "models/estate.hpp"
#include "reports/version.hpp"
#include "sim/engine.hpp"

namespace omnisim::harness {
namespace {

/// The core as its host sees it.
class HostedCore final : public core::Inbound {
 public:
  explicit HostedCore(core::Core& core) : core_(core) {}
  void open_stock(core::NodeId node, core::SkuId sku, std::int32_t quantity_each, Time now) override {
    core_.open_stock(node, sku, quantity_each, now);
  }
  void deliver(std::uint32_t source, std::string_view bytes, Time now) override {
    core_.deliver(source, bytes, now);
  }
  std::optional<Time> next_timer() const override { return core_.next_timer(); }
  void advance(Time now) override { core_.advance(now); }
  void call_result(std::uint64_t call, core::CallResult result, Time now) override {
    core_.call_result(call, result, now);
  }
  void replay_dead_letters(Time now) override {
    core_.replay(
        {.at_most = std::numeric_limits<std::uint32_t>::max(), .actor = *core::Code::from("operations")},
        now);
  }
  void learn(std::uint32_t change, Time now) override {
    core_.learn(change, *core::Code::from("operations"), now);
  }
  bool ready() const override { return core_.ready(); }

 private:
  core::Core& core_;
};

std::string posting_rules() {
  return read_file(std::string(OMNISIM_DATA_DIR) + "/core/finance/posting_rules.json");
}

/// Runs to rest, and shows how far it is. It only looks on: a run that is watched is the same run.
sim::Stopped run_to_rest(sim::Engine& engine, Time limit, const models::CalendarParams& calendar,
                         const RunOptions& options) {
  if (!options.progress) return engine.run(limit, options.interrupt);
  const double demand = static_cast<double>((calendar.to - calendar.from).count());
  double shown = 0;
  return engine.run(limit, options.interrupt, [&](Time now) {
    const double done = std::min(1.0, static_cast<double>((now - calendar.from).count()) / demand);
    if (done >= shown + 0.005) options.progress(shown = done);
  });
}

/// The trace's fingerprint with the position of every random stream folded in.
std::string fingerprint_of(sim::Trace& events, const sim::Streams& streams) {
  std::string text = events.fingerprint();
  streams.for_each(
      [&](std::string_view name, std::uint64_t draws) { text += fmt::format("\n{} {}", name, draws); });
  return digest_of(text);
}

std::int64_t peak_rss_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return std::int64_t{usage.ru_maxrss} * 1024;
}

const reports::Metric* find(const std::vector<reports::Metric>& metrics, std::string_view name) {
  const auto found =
      std::find_if(metrics.begin(), metrics.end(), [&](const reports::Metric& m) { return m.name == name; });
  return found == metrics.end() ? nullptr : &*found;
}

/// What the scenario expects of this pattern. A metric that is not defined for this run holds nothing.
std::vector<reports::Expectation> judge(const Scenario& scenario,
                                        const std::vector<reports::Metric>& metrics) {
  std::vector<reports::Expectation> judged;
  for (const std::string& pattern : {std::string("*"), scenario.pattern}) {
    const auto lines = scenario.expect.find(pattern);
    if (lines == scenario.expect.end()) continue;
    for (const std::string& line : lines->second) {
      std::string problem;
      const auto expectation = parse_expectation(line, problem);
      const reports::Metric* metric = expectation ? find(metrics, expectation->metric) : nullptr;
      if (metric == nullptr) {
        judged.push_back({.expect = line, .held = false, .defined = false});
      } else {
        judged.push_back({line, expectation->holds(metric->value), metric->value, metric->unit});
      }
    }
  }
  return judged;
}

/// What a result has only where it is asked for: balances of accounts are in its trial balance already.
bool is_balance(std::string_view name) {
  return name.starts_with("ledger.booked.") || name.starts_with("ledger.true.") ||
         name.starts_with("reconciliation.open_items") || name.starts_with("close.unmatched.");
}

bool is_measured(const std::vector<std::string>& measures, const std::string& name) {
  if (measures.empty()) return !is_balance(name);
  return std::any_of(measures.begin(), measures.end(), [&](const std::string& measure) {
    const bool prefix = measure.ends_with('*');
    return prefix ? name.starts_with(std::string_view(measure).substr(0, measure.size() - 1))
                  : name == measure;
  });
}

/// What is known of a run before it begins.
void head(reports::RunResult& result, const Plan& plan, const RunOptions& options) {
  const models::EstateParams& params = plan.scenario.estate;
  result.scenario = plan.scenario.name;
  result.scenario_hash = plan.hash;
  result.pattern = plan.pattern.name;
  result.seed = options.seed;
  result.version = reports::version();
  result.from = params.calendar.from;
  result.to = params.calendar.to;
  result.currency = params.currency;
  result.currency_decimals = currency_decimals(params.currency).value_or(2);
}

/// Whether the core, rebuilt from its own log, is the core that wrote it.
bool replays_equal(const core::Core& core, const core::MemoryStore& log) {
  core::ReplayStore replayed(log);
  return core::rebuild(core.config(), replayed)->state_hash() == core.state_hash();
}

/// "sold at the till store-01-1"
void name_rules(std::vector<reports::LedgerEntry>& entries, std::string_view posting_rules_json) {
  std::map<std::uint16_t, std::string> names;
  const auto rules = core::PostingRules::load(posting_rules_json);
  for (const core::Rule& rule : rules.rules()) names.emplace(rule.number, rule.name);
  for (reports::LedgerEntry& entry : entries) {
    const auto name = names.find(entry.rule);
    entry.description = (name == names.end() ? fmt::format("rule {}", entry.rule) : name->second) +
                        (entry.description.empty() ? "" : " ") + entry.description;
  }
}

}  // namespace

Outcome run_once(const Plan& plan, const RunOptions& options) {
  const auto wall_start = std::chrono::steady_clock::now();
  const models::EstateParams& params = plan.scenario.estate;

  sim::Engine engine(params.calendar.from);
  sim::Streams streams(options.seed);
  sim::Trace events;
  const core::Directory directory = models::make_directory(params, plan.trace.get());
  world::World world(directory.item_count(), directory.node_count());
  models::Estate estate(params, plan.pattern, plan.trace.get(), engine, streams, events, world);
  core::MemoryStore log;
  core::Core core(estate.core_config(posting_rules()), estate.outbound(), log);
  audit::Audit audit(directory, {params, plan.pattern, options.keep_ledgers});
  audit.watch(core, estate, log);
  world.add_observer(audit);
  estate.traffic().add_observer(audit);
  if (options.onlooker != nullptr) {
    options.onlooker->begin(core, estate, log);
    world.add_observer(*options.onlooker);
    estate.traffic().add_observer(*options.onlooker);
  }
  HostedCore hosted(core);
  estate.attach(hosted);
  estate.start();

  Outcome outcome;
  head(outcome.result, plan, options);
  sim::Stopped stopped;
  try {
    stopped = run_to_rest(engine, params.calendar.to + params.calendar.rest_within, params.calendar, options);
  } catch (const core::BrokenInvariant& bug) {
    outcome.result.invariants.push_back(
        {.id = "core.consistent", .held = false, .checks = 1, .promised = true, .detail = bug.what()});
    return outcome;
  }
  if (stopped == sim::Stopped::interrupted) {
    outcome.end = RunEnd::interrupted;
    return outcome;
  }
  if (stopped == sim::Stopped::at_limit) {
    outcome.end = RunEnd::pending;
    outcome.pending = estate.pending();
  }
  audit.finish(engine.now(), !options.replay || replays_equal(core, log));

  reports::RunResult& result = outcome.result;
  result.fingerprint = fingerprint_of(events, streams);
  result.metrics = audit.metrics();
  for (reports::Metric& balance : audit.balances()) result.metrics.push_back(std::move(balance));
  std::sort(result.metrics.begin(), result.metrics.end(),
            [](const reports::Metric& a, const reports::Metric& b) { return a.name < b.name; });
  result.expectations = judge(plan.scenario, result.metrics);
  std::erase_if(result.metrics,
                [&](const reports::Metric& m) { return !is_measured(plan.scenario.measures, m.name); });
  result.invariants = audit.invariants();
  result.series = audit.series();
  result.trial_balance = audit.trial_balance();
  result.reasons = audit.reasons();
  result.picture = audit.picture();
  outcome.booked = audit.booked_entries();
  name_rules(outcome.booked, core.config().posting_rules_json);
  outcome.truth = audit.true_entries();
  if (options.keep_ledgers) outcome.suspects = audit.suspects();

  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - wall_start;
  result.cost = {wall.count(), static_cast<std::int64_t>(engine.calendar().executed()),
                 static_cast<std::int64_t>(core.counters().received + core.counters().sent),
                 peak_rss_bytes()};
  if (options.onlooker != nullptr) options.onlooker->finish(outcome);
  return outcome;
}

bool Outcome::broke_promise() const {
  const auto broke = [](const reports::Invariant& invariant) {
    return invariant.promised && !invariant.held;
  };
  return std::any_of(result.invariants.begin(), result.invariants.end(), broke);
}

bool Outcome::missed_expectation() const {
  const auto missed = [](const reports::Expectation& expectation) { return !expectation.held; };
  return std::any_of(result.expectations.begin(), result.expectations.end(), missed);
}

}  // namespace omnisim::harness
