// From paths to what is to be run.
#include <algorithm>
#include <filesystem>
#include <set>

#include "harness/test/suite.hpp"

namespace omnisim::harness {
namespace {

namespace fs = std::filesystem;

/// The scenario files that a path stands for.
std::vector<std::string> files_of(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) {
    const std::string file = find_scenario(path);
    if (!fs::exists(file, ignored))
      throw BadInput(
          {one_line(path, 400), "/", "does not exist", "a scenario file, its name, or a folder of them"});
    return {file};
  }
  std::vector<std::string> files = scenario_files_below(path);
  if (files.empty())
    throw BadInput({one_line(path, 400), "/", "holds no scenario", "a folder with *.json scenarios"});
  return files;
}

/// The patterns under which a scenario is tested, by name.
std::vector<LoadedPattern> patterns_of(const LoadedScenario& scenario) {
  std::set<std::string> names = {""};  // its own
  for (const auto& [pattern, lines] : scenario.scenario.expect) {
    if (pattern == "*") {
      for (const std::string& name : pattern_names()) names.insert(name);
    } else {
      names.insert(pattern);
    }
  }
  std::vector<LoadedPattern> patterns;
  for (const std::string& name : names) patterns.push_back(pattern_for(scenario, name));
  const auto by_name = [](const LoadedPattern& a, const LoadedPattern& b) {
    return a.pattern.name < b.pattern.name;
  };
  const auto same = [](const LoadedPattern& a, const LoadedPattern& b) {
    return a.pattern.name == b.pattern.name;
  };
  std::sort(patterns.begin(), patterns.end(), by_name);
  patterns.erase(std::unique(patterns.begin(), patterns.end(), same), patterns.end());
  return patterns;
}

ScenarioTest collect(const std::string& file, bool with_golden) {
  ScenarioTest test;
  test.file = file;
  const LoadedScenario scenario = load_scenario(file, {}, /*needs_trace=*/false);
  test.name = scenario.scenario.name;
  test.golden_file = golden_file_of(file);
  if (scenario.scenario.estate.trace && !scenario.trace) {
    test.skipped = "it names no trace (data that is not part of the source tree)";
    return test;
  }
  for (const LoadedPattern& pattern : patterns_of(scenario)) {
    test.plans.push_back(make_plan(scenario, pattern));
    for (const std::string& key : {std::string("*"), pattern.pattern.name}) {
      const auto lines = scenario.scenario.expect.find(key);
      if (lines != scenario.scenario.expect.end()) test.expectations += lines->second.size();
    }
  }
  if (with_golden) test.golden = read_golden(test.golden_file);
  return test;
}

}  // namespace

std::vector<ScenarioTest> collect_tests(const std::vector<std::string>& paths, bool with_golden) {
  std::vector<ScenarioTest> tests;
  std::vector<Problem> problems;
  std::set<fs::path> seen;
  const auto gather = [&](const auto& work) {
    try {
      work();
    } catch (const BadInput& bad) {
      problems.insert(problems.end(), bad.problems().begin(), bad.problems().end());
    }
  };
  for (const std::string& path : paths) {
    std::vector<std::string> files;
    gather([&] { files = files_of(path); });
    for (const std::string& file : files) {
      std::error_code ignored;
      if (!seen.insert(fs::weakly_canonical(file, ignored)).second) continue;
      gather([&] { tests.push_back(collect(file, with_golden)); });
    }
  }
  if (!problems.empty()) throw BadInput(std::move(problems));
  return tests;
}

}  // namespace omnisim::harness
