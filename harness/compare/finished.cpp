#include "harness/compare/finished.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "harness/compare/result_json.hpp"
#include "harness/output.hpp"
#include "harness/scenario/describe.hpp"
#include "reports/version.hpp"

namespace omnisim::harness {

Finished::Finished(const std::vector<Contender>& contenders, const CompareOptions& options)
    : contenders_(contenders) {
  if (options.out.empty()) return;
  file_ = options.out + "/results.jsonl";
  std::filesystem::create_directories(options.out);
  if (options.resume) read();
  std::string kept;
  for (const auto& [key, outcome] : runs_) kept += to_line(outcome) + "\n";
  write_file(file_, kept);
}

std::size_t Finished::count(std::uint64_t seeds) const {
  std::size_t found = 0;
  for (const auto& [key, outcome] : runs_) found += key.second <= seeds ? 1 : 0;
  return found;
}

void Finished::add(std::size_t contender, const std::string& line) {
  Outcome outcome = from_line(line);
  const std::uint64_t seed = outcome.result.seed;
  runs_.insert_or_assign({contender, seed}, std::move(outcome));
  if (file_.empty()) return;
  std::ofstream(file_, std::ios::binary | std::ios::app) << line << "\n";
}

std::vector<PatternRuns> Finished::none() const {
  std::vector<PatternRuns> patterns;
  for (const Contender& contender : contenders_)
    patterns.push_back({contender.plan.pattern, {}, contender.base, contender.without});
  return patterns;
}

std::vector<PatternRuns> Finished::metrics(std::uint64_t seeds, const std::vector<std::string>& of) const {
  std::vector<PatternRuns> patterns = none();
  for (const auto& [key, outcome] : runs_) {
    if (key.second > seeds) continue;
    Outcome& run = patterns[key.first].runs.emplace_back();
    run.result.seed = key.second;
    for (const reports::Metric& metric : outcome.result.metrics) {
      if (std::find(of.begin(), of.end(), metric.name) != of.end()) run.result.metrics.push_back(metric);
    }
  }
  return patterns;
}

std::vector<PatternRuns> Finished::take(std::uint64_t seeds) {
  std::vector<PatternRuns> patterns = none();
  for (auto& [key, outcome] : runs_) {
    if (key.second <= seeds) patterns[key.first].runs.push_back(std::move(outcome));
  }
  std::erase_if(runs_, [&](const auto& run) { return run.first.second <= seeds; });
  return patterns;
}

void Finished::read() {
  std::ifstream in(file_, std::ios::binary);
  for (std::string line; std::getline(in, line);) {
    try {
      const Outcome outcome = from_line(line);
      const reports::RunResult& result = outcome.result;
      for (std::size_t i = 0; i < contenders_.size(); ++i) {
        const Plan& plan = contenders_[i].plan;
        const bool same = plan.hash == result.scenario_hash && plan.pattern.name == result.pattern &&
                          result.version == reports::version();
        if (same && result.seed >= 1) runs_.insert_or_assign({i, result.seed}, outcome);
      }
    } catch (const Json::exception&) {
      break;  // The line that an interrupt cut.
    }
  }
}

}  // namespace omnisim::harness
