#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "harness/commands/command.hpp"
#include "harness/commands/progress.hpp"
#include "harness/output.hpp"
#include "harness/test/suite_text.hpp"
#include "reports/format.hpp"

namespace omnisim::harness {
namespace {

struct TestArgs {
  std::vector<std::string> paths;
  std::string junit;
  std::string jobs;
  bool accept = false;
  bool json = false;
};

/// Everything that will be written must be writable before minutes are spent on it.
void check_outputs(const TestArgs& args, const std::vector<ScenarioTest>& tests) {
  if (!args.junit.empty()) {
    if (std::filesystem::is_directory(args.junit))
      throw BadUsage("--junit: \"" + one_line(args.junit) + "\" is a folder (the name of a file)");
    check_output_folder(std::filesystem::absolute(args.junit).parent_path().string());
  }
  if (!args.accept) return;
  for (const ScenarioTest& test : tests)
    check_output_folder(std::filesystem::absolute(test.golden_file).parent_path().string());
}

SuiteOptions options_of(const TestArgs& args, Progress& progress, const Pace& pace) {
  SuiteOptions options;
  options.accept = args.accept;
  options.jobs = args.jobs.empty() ? std::max(1U, std::thread::hardware_concurrency())
                                   : parse_count("--jobs", args.jobs, 1, 1024);
  options.run_command = [](const std::string& file, const std::string& pattern) {
    return command_line({"run", file, "--pattern", pattern, "--seed", "1"});
  };
  options.progress = [&](std::size_t finished, std::size_t all) {
    const double share = all == 0 ? 1 : static_cast<double>(finished) / static_cast<double>(all);
    progress.show(share, pace.text(finished, all));
  };
  if (!args.json) {
    options.finished = [&](const ScenarioReport& report) {
      progress.clear();
      fmt::print("{}", scenario_text(report));
      std::fflush(stdout);
    };
  }
  return options;
}

int test(const TestArgs& args) {
  Progress progress(wants_progress());
  const Pace pace;
  const SuiteOptions options = options_of(args, progress, pace);
  const std::vector<std::string> paths = args.paths.empty() ? std::vector{scenarios_folder()} : args.paths;
  const std::vector<ScenarioTest> tests = collect_tests(paths, /*with_golden=*/!args.accept);
  check_outputs(args, tests);
  const SuiteReport report = run_suite(tests, options, interrupt_flag());
  progress.clear();
  if (report.exit_code == interrupted) {
    fmt::print(stderr, "omnisim: interrupted after {}\n", pace.text(report.runs, report.runs));
    return interrupted;
  }
  if (!args.junit.empty()) write_file(args.junit, junit_xml(report));
  fmt::print("{}", args.json ? suite_json(report) : total_line(report));
  return report.exit_code;
}

}  // namespace

void add_test(CLI::App& app, Chosen& chosen) {
  auto args = std::make_shared<TestArgs>();
  CLI::App* command =
      app.add_subcommand("test", "Scenarios against what they expect and against their golden results");
  command->add_option("PATH", args->paths, "Scenario files, or folders of them; default: scenarios");
  command->add_option("--junit", args->junit, "Write the result to this file, as JUnit XML");
  command->add_flag("--accept", args->accept,
                    "Write the golden results anew, of every scenario that broke no invariant");
  command->add_option("--jobs", args->jobs, "Runs at once; default: the processors there are");
  command->add_flag("--json", args->json, "Print one JSON document");
  command->footer("Example: omnisim test scenarios --junit junit.xml");
  command->callback([args, &chosen] { chosen = [args] { return test(*args); }; });
}

}  // namespace omnisim::harness
