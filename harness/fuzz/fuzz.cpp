#include "harness/fuzz/fuzz.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/compare/fork_pool.hpp"
#include "harness/exit_code.hpp"
#include "harness/fuzz/random_day.hpp"
#include "harness/output.hpp"
#include "harness/run_once.hpp"

namespace omnisim::harness {
namespace {

/// Days that are started together: between two such lots the clock is looked at.
constexpr std::uint64_t lot = 64;

std::string day_text(const FuzzOptions& options, std::uint64_t number) {
  std::optional<Json> base;
  if (!options.bases.empty()) base = options.bases[number % options.bases.size()];
  return random_day(options.seed, number, base).dump(2) + "\n";
}

/// "pattern\tchecks\texit code\twhat is wrong", in the day's own process.
std::string work(const FuzzOptions& options, std::uint64_t number) {
  const std::string text = day_text(options, number);
  const LoadedScenario scenario = load_scenario_text(text, fmt::format("day {}", number), {});
  const Plan plan = make_plan(scenario, pattern_for(scenario, {}));
  RunOptions run;
  run.seed = number + 1;
  const Outcome outcome = run_once(plan, run);
  std::int64_t checks = 0;
  std::string wrong;
  for (const reports::Invariant& invariant : outcome.result.invariants) {
    if (!invariant.promised) continue;
    checks += invariant.checks;
    if (!invariant.held) wrong += fmt::format("{}: {}; ", invariant.id, invariant.detail);
  }
  int exit_code = wrong.empty() ? done : invariant_broken;
  if (exit_code == done && outcome.end == RunEnd::pending) {
    exit_code = not_at_rest;
    wrong = "did not come to rest: " + (outcome.pending.empty() ? std::string() : outcome.pending.front());
  }
  return fmt::format("{}\t{}\t{}\t{}", plan.pattern.name, checks, exit_code, one_line(wrong, 400));
}

class Hunt {
 public:
  Hunt(const FuzzOptions& options, const std::atomic<bool>& interrupt)
      : options_(options), interrupt_(interrupt), start_(std::chrono::steady_clock::now()) {}

  FuzzReport run() {
    while (next_ < options_.runs && !is_over() && report_.exit_code != interrupted) run_lot();
    std::sort(report_.bad.begin(), report_.bad.end(),
              [](const BadDay& a, const BadDay& b) { return a.number < b.number; });
    return std::move(report_);
  }

 private:
  bool is_over() const {
    return options_.time && std::chrono::steady_clock::now() - start_ >= *options_.time;
  }

  void run_lot() {
    const std::uint64_t count = std::min(lot, options_.runs - next_), first = options_.first + next_;
    next_ += count;
    const auto one = [&](std::size_t i) { return work(options_, first + i); };
    const auto ended = [&](std::size_t i, std::string&& line, const std::string& error) {
      ++report_.runs;
      take(first + i, line, error);
      if (options_.progress) options_.progress(report_.runs);
    };
    if (run_forked(count, options_.jobs, one, ended, interrupt_).interrupted) report_.exit_code = interrupted;
  }

  void take(std::uint64_t number, const std::string& line, const std::string& error) {
    int exit_code = invariant_broken;
    BadDay bad{.number = number, .pattern = {}, .invariant = error, .file = {}, .command = {}};
    if (error.empty()) {
      const std::size_t a = line.find('\t'), b = line.find('\t', a + 1), c = line.find('\t', b + 1);
      bad.pattern = line.substr(0, a);
      report_.checks += std::stoull(line.substr(a + 1, b - a - 1));
      exit_code = std::stoi(line.substr(b + 1, c - b - 1));
      bad.invariant = line.substr(c + 1);
    }
    if (exit_code == done) return;
    report_.exit_code = report_.exit_code == invariant_broken ? invariant_broken : exit_code;
    keep(bad);
    report_.bad.push_back(std::move(bad));
  }

  void keep(BadDay& bad) const {
    if (options_.folder.empty()) return;
    bad.file = fmt::format("{}/fuzz-{}-{}.json", options_.folder, options_.seed, bad.number);
    write_file(bad.file, day_text(options_, bad.number));
  }

  const FuzzOptions& options_;
  const std::atomic<bool>& interrupt_;
  std::chrono::steady_clock::time_point start_;
  std::uint64_t next_ = 0;
  FuzzReport report_;
};

}  // namespace

FuzzReport fuzz(const FuzzOptions& options, const std::atomic<bool>& interrupt) {
  return Hunt(options, interrupt).run();
}

}  // namespace omnisim::harness
