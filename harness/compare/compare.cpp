#include "harness/compare/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "harness/compare/finished.hpp"
#include "harness/compare/fork_pool.hpp"
#include "harness/compare/result_json.hpp"
#include "harness/compare/statistics.hpp"
#include "harness/compare/summarise.hpp"
#include "harness/exit_code.hpp"
#include "harness/explain/second_look.hpp"
#include "harness/run_files.hpp"

namespace omnisim::harness {
namespace {

struct Job {
  std::size_t contender = 0;
  std::uint64_t seed = 1;
};

/// What happens in the process of one run.
std::string work(const Contender& contender, std::uint64_t seed, const CompareOptions& options) {
  const Plan& plan = contender.plan;
  RunOptions run;
  run.seed = seed;
  run.keep_ledgers = seed == 1 && !options.out.empty();
  std::optional<SecondLook> second_look;
  if (run.keep_ledgers && options.look_into && contender.without.empty()) second_look.emplace(plan, seed);
  Outcome outcome = run_once(plan, run);
  if (second_look) {
    const std::atomic<bool> never_interrupted = false;  // an interrupt kills this process
    SecondLook::Answer answer = second_look->look_into(outcome, never_interrupted);
    outcome.result.inquiry = std::move(answer.inquiry);
    if (!answer.problem.empty()) fmt::print(stderr, "{}", not_looked_into(answer));
  }
  outcome.result.command = options.run_command(plan.pattern.name, seed);
  if (run.keep_ledgers) write_run_files(options.out + "/" + plan.pattern.name, plan, outcome);
  return to_line(outcome);
}

void judge(const std::vector<PatternRuns>& patterns, const std::vector<Contender>& contenders,
           Comparison& comparison) {
  bool broken = false;
  bool pending = false;
  bool missed = false;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    for (const Outcome& run : patterns[i].runs) {
      if (run.broke_promise()) comparison.complaints += describe_breaks(run, contenders[i].plan);
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

std::string hash_of(const std::vector<Contender>& contenders) {
  std::string text;
  for (const Contender& contender : contenders) text += contender.plan.hash;
  return digest_of(text);
}

/// Runs what is missing, seed by seed, looks whether that is enough, and goes on where it is not.
class Runs {
 public:
  Runs(const std::vector<Contender>& contenders, const CompareOptions& options,
       const std::atomic<bool>& interrupt)
      : contenders_(contenders), options_(options), interrupt_(interrupt), finished_(contenders, options) {}

  /// False where it was interrupted.
  bool make() {
    seeds_ = options_.seeds;
    while (run_all()) {
      const bool more =
          options_.goal.any() && seeds_ < options_.goal.seeds_max &&
          !is_reached(options_.goal, finished_.metrics(seeds_, options_.goal.looked_at()), options_.seeds);
      if (!more) return true;
      seeds_ = next_look(seeds_, options_.goal.seeds_max);
    }
    return false;
  }

  std::size_t finished() const { return finished_.count(seeds_); }
  std::size_t all() const { return contenders_.size() * seeds_; }
  std::vector<PatternRuns> take() { return finished_.take(seeds_); }
  const std::string& dead() const { return dead_; }

 private:
  bool run_all() {
    std::vector<Job> jobs;
    for (std::uint64_t seed = 1; seed <= seeds_; ++seed) {
      for (std::size_t i = 0; i < contenders_.size(); ++i) {
        if (!finished_.has(i, seed)) jobs.push_back({i, seed});
      }
    }
    std::size_t done = all() - jobs.size();
    if (options_.progress) options_.progress(done, all());
    const auto one = [&](std::size_t i) {
      return work(contenders_[jobs[i].contender], jobs[i].seed, options_);
    };
    const auto ended = [&](std::size_t i, std::string&& line, const std::string& error) {
      if (error.empty()) {
        finished_.add(jobs[i].contender, line);
      } else {
        note_death(jobs[i], error);
      }
      if (options_.progress) options_.progress(++done, all());
    };
    return !run_forked(jobs.size(), options_.jobs, one, ended, interrupt_).interrupted;
  }

  void note_death(const Job& job, const std::string& error) {
    const std::string& pattern = contenders_[job.contender].plan.pattern.name;
    dead_ += fmt::format("omnisim: a run under {} failed, seed {}: {}\n  again: {}\n", pattern, job.seed,
                         error, options_.run_command(pattern, job.seed));
  }

  const std::vector<Contender>& contenders_;
  const CompareOptions& options_;
  const std::atomic<bool>& interrupt_;
  Finished finished_;
  std::size_t seeds_ = 0;
  std::string dead_;
};

/// What was asked of the comparison, and whether it came of it.
void conclude(const std::vector<PatternRuns>& patterns, const CompareOptions& options,
              Comparison& comparison) {
  comparison.result.precision = precision_of(options.goal, patterns);
  comparison.result.selection = selection_of(options.goal, patterns, options.seeds);
  const std::size_t max = options.goal.seeds_max;
  if (const auto& precision = comparison.result.precision; precision && !precision->open.empty()) {
    comparison.complaints += fmt::format("omnisim: not within {:g} % after {} seeds: {}\n",
                                         precision->wanted * 100, max, precision->open.front());
    comparison.exit_code = std::max<int>(comparison.exit_code, not_held);
  }
  if (const auto& selection = comparison.result.selection; selection && selection->best.empty()) {
    comparison.complaints +=
        fmt::format("omnisim: the best by {} is not decided after {} seeds\n", selection->metric, max);
    comparison.exit_code = std::max<int>(comparison.exit_code, not_held);
  }
}

}  // namespace

reports::CompareResult comparison_of(const std::vector<Contender>& contenders,
                                     const std::vector<PatternRuns>& patterns) {
  const Plan& first = contenders.front().plan;
  reports::CompareResult result = summarise(patterns);
  result.scenario_hash = hash_of(contenders);
  result.description = first.scenario.description;
  result.parameters = parameters_of(first);
  return result;
}

Comparison compare_plans(const std::vector<Contender>& contenders, const CompareOptions& options,
                         const std::atomic<bool>& interrupt) {
  Runs runs(contenders, options, interrupt);
  const bool complete = runs.make();
  Comparison comparison;
  comparison.finished = runs.finished();
  comparison.all = runs.all();
  if (!complete) {
    comparison.exit_code = interrupted;
    return comparison;
  }
  const std::vector<PatternRuns> patterns = runs.take();
  comparison.result = comparison_of(contenders, patterns);
  comparison.result.command = options.command;
  judge(patterns, contenders, comparison);
  conclude(patterns, options, comparison);
  comparison.complaints += runs.dead();
  if (!runs.dead().empty()) comparison.exit_code = invariant_broken;
  return comparison;
}

std::vector<Ablation> ablations(const LoadedPattern& pattern) {
  std::vector<Ablation> list;
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
    list.push_back({std::move(without), name});
  }
  return list;
}

}  // namespace omnisim::harness
