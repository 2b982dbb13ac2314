#include "harness/compare/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

#include "harness/compare/fork_pool.hpp"
#include "harness/compare/result_json.hpp"
#include "harness/compare/summarise.hpp"
#include "harness/exit_code.hpp"
#include "harness/output.hpp"
#include "harness/run_files.hpp"
#include "harness/scenario/describe.hpp"
#include "reports/version.hpp"

namespace omnisim::harness {
namespace {

namespace fs = std::filesystem;

/// Runs that are finished, by (plan, seed); kept as lines in `results.jsonl`, so that nothing is lost on an
/// interrupt.
class Finished {
 public:
  Finished(const std::vector<Plan>& plans, const CompareOptions& options) : plans_(plans) {
    if (options.out.empty()) return;
    file_ = options.out + "/results.jsonl";
    fs::create_directories(options.out);
    if (options.resume) read(options.seeds);
    // Begun anew with what still counts: lines of other versions or plans, or half a line, are dropped.
    std::string kept;
    for (const auto& [key, outcome] : runs_) kept += to_line(outcome) + "\n";
    write_file(file_, kept);
  }

  bool has(std::size_t plan, std::uint64_t seed) const { return runs_.contains({plan, seed}); }
  std::size_t count() const { return runs_.size(); }

  void add(std::size_t plan, const std::string& line) {
    Outcome outcome = from_line(line);
    const std::uint64_t seed = outcome.result.seed;
    runs_.insert_or_assign({plan, seed}, std::move(outcome));
    if (file_.empty()) return;
    std::ofstream(file_, std::ios::binary | std::ios::app) << line << "\n";
  }

  /// In the order of plans and seeds, whatever the order in which they ended.
  std::vector<PatternRuns> take() {
    std::vector<PatternRuns> patterns;
    for (const Plan& plan : plans_) patterns.push_back({plan.pattern, {}});
    for (auto& [key, outcome] : runs_) patterns[key.first].runs.push_back(std::move(outcome));
    return patterns;
  }

 private:
  void read(std::size_t seeds) {
    std::ifstream in(file_, std::ios::binary);
    for (std::string line; std::getline(in, line);) {
      try {
        Outcome outcome = from_line(line);
        const reports::RunResult& result = outcome.result;
        for (std::size_t i = 0; i < plans_.size(); ++i) {
          const bool same = plans_[i].hash == result.scenario_hash &&
                            plans_[i].pattern.name == result.pattern && result.version == reports::version();
          if (same && result.seed >= 1 && result.seed <= seeds)
            runs_.insert_or_assign({i, result.seed}, outcome);
        }
      } catch (const Json::exception&) {
        break;  // The line that an interrupt cut.
      }
    }
  }

  const std::vector<Plan>& plans_;
  std::string file_;
  std::map<std::pair<std::size_t, std::uint64_t>, Outcome> runs_;
};

struct Job {
  std::size_t plan = 0;
  std::uint64_t seed = 1;
};

/// What happens in the process of one run.
std::string work(const Plan& plan, std::uint64_t seed, const CompareOptions& options) {
  RunOptions run;
  run.seed = seed;
  run.keep_ledgers = seed == 1 && !options.out.empty();
  Outcome outcome = run_once(plan, run);
  outcome.result.command = options.run_command(plan.pattern.name, seed);
  if (run.keep_ledgers) write_run_files(options.out + "/" + plan.pattern.name, plan, outcome);
  return to_line(outcome);
}

void judge(const std::vector<PatternRuns>& patterns, const std::vector<Plan>& plans, Comparison& comparison) {
  bool broken = false;
  bool pending = false;
  bool missed = false;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    for (const Outcome& run : patterns[i].runs) {
      if (run.broke_promise()) comparison.complaints += describe_breaks(run, plans[i]);
      if (run.end == RunEnd::pending) comparison.complaints += describe_pending(run);
      broken = broken || run.broke_promise();
      pending = pending || run.end == RunEnd::pending;
      missed = missed || run.missed_expectation();
      for (const reports::Expectation& expectation : run.result.expectations) {
        if (expectation.held) continue;
        comparison.complaints += fmt::format("omnisim: under {}, seed {}: {}\n", run.result.pattern,
                                             run.result.seed, describe_miss(expectation));
      }
    }
  }
  comparison.exit_code = broken ? invariant_broken : pending ? not_at_rest : missed ? not_held : done;
}

std::vector<reports::Parameter> parameters_of(const Plan& plan) {
  const models::EstateParams& e = plan.scenario.estate;
  const std::size_t stores = e.nodes.store_names.empty() ? e.nodes.stores : e.nodes.store_names.size();
  const double days = std::chrono::duration<double>(e.calendar.to - e.calendar.from).count() / 86'400;
  std::vector<reports::Parameter> list = {{"stores", std::to_string(stores)},
                                          {"distribution centres", std::to_string(e.nodes.dcs)},
                                          {"channels", std::to_string(e.channels.size())},
                                          {"days of demand", fmt::format("{:g}", days)},
                                          {"faults", std::to_string(e.faults.size())}};
  if (plan.trace) {
    list.push_back({"trace rows", std::to_string(plan.trace->rows.size())});
  } else {
    list.push_back({"items", std::to_string(e.catalogue.items.size() + e.catalogue.generated)});
    list.push_back({"till sales a day",
                    fmt::format("{:g}", e.demand.store_sales_per_day * static_cast<double>(stores))});
    double orders = 0;
    for (const models::ChannelParams& channel : e.channels) orders += channel.orders_per_day;
    list.push_back({"online orders a day", fmt::format("{:g}", orders)});
  }
  return list;
}

std::string hash_of(const std::vector<Plan>& plans) {
  std::string text;
  for (const Plan& plan : plans) text += plan.hash;
  return digest_of(text);
}

}  // namespace

Comparison compare_plans(const std::vector<Plan>& plans, const CompareOptions& options,
                         const std::atomic<bool>& interrupt) {
  Finished finished(plans, options);
  std::vector<Job> jobs;
  for (std::uint64_t seed = 1; seed <= options.seeds; ++seed) {
    for (std::size_t plan = 0; plan < plans.size(); ++plan) {
      if (!finished.has(plan, seed)) jobs.push_back({plan, seed});
    }
  }
  const std::size_t all = plans.size() * options.seeds;
  if (options.progress) options.progress(all - jobs.size(), all);
  const auto one = [&](std::size_t i) { return work(plans[jobs[i].plan], jobs[i].seed, options); };
  std::string dead;
  const auto ended = [&](std::size_t i, std::string&& line, const std::string& error) {
    const std::string& pattern = plans[jobs[i].plan].pattern.name;
    if (error.empty()) {
      finished.add(jobs[i].plan, line);
    } else {
      dead += fmt::format("omnisim: a run under {} failed, seed {}: {}\n  again: {}\n", pattern, jobs[i].seed,
                          error, options.run_command(pattern, jobs[i].seed));
    }
    if (options.progress) options.progress(finished.count(), all);
  };
  const PoolResult pool = run_forked(jobs.size(), options.jobs, one, ended, interrupt);

  Comparison comparison;
  comparison.finished = finished.count();
  if (pool.interrupted) {
    comparison.exit_code = interrupted;
    return comparison;
  }
  const std::vector<PatternRuns> patterns = finished.take();
  comparison.result = summarise(patterns);
  comparison.result.scenario_hash = hash_of(plans);
  comparison.result.description = plans.front().scenario.description;
  comparison.result.parameters = parameters_of(plans.front());
  comparison.result.command = options.command;
  judge(patterns, plans, comparison);
  comparison.complaints += dead;
  if (!dead.empty()) comparison.exit_code = invariant_broken;
  return comparison;
}

std::vector<LoadedPattern> ablations(const LoadedPattern& pattern) {
  std::vector<LoadedPattern> list;
  const auto& interfaces = pattern.pattern.interfaces;
  const bool has_apis = std::any_of(interfaces.begin(), interfaces.end(),
                                    [](const auto& p) { return p.delivery == models::Delivery::core; });
  for (const core::CapabilityRow& row : core::capability_table()) {
    // Switches of the dispatcher mean nothing to a core that has no APIs configured.
    if (!(pattern.pattern.capabilities.*row.on) || (row.of_dispatcher && !has_apis)) continue;
    const std::string name = row.name;
    LoadedPattern without = pattern;
    without.pattern.capabilities.*row.on = false;
    without.pattern.name += ".no-" + name;
    without.pattern.title += ", without " + name;
    without.pattern.mechanisms = {"As " + pattern.pattern.name + ", but with the capability " + name +
                                  " switched off."};
    // Somebody has to promise.
    if (!without.pattern.capabilities.reservation_authority) without.pattern.channel_promises = true;
    list.push_back(std::move(without));
  }
  return list;
}

}  // namespace omnisim::harness
