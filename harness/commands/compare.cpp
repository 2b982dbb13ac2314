#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "harness/commands/command.hpp"
#include "harness/commands/progress.hpp"
#include "harness/compare/compare.hpp"
#include "harness/output.hpp"
#include "harness/scenario/enums.hpp"
#include "reports/csv.hpp"
#include "reports/html.hpp"
#include "reports/json.hpp"
#include "reports/table.hpp"

namespace omnisim::harness {
namespace {

struct CompareArgs {
  std::string scenario;
  std::string patterns =
      "ideal,nightly-batch,point-to-point,polling-hub,event-choreography,event-orchestrated";
  std::string seeds = "5";
  std::string jobs;
  std::vector<std::string> settings;
  std::string out;
  bool ablate = false;
  bool resume = false;
  bool json = false;
};

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts(1);
  for (const char c : list) {
    if (c == ',') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

/// The command that gives the same comparison; how it was made (jobs, out, resume) is no part of it.
std::string repeat_command(const CompareArgs& args) {
  std::vector<std::string> words = {"compare",     args.scenario, "--patterns",
                                    args.patterns, "--seeds",     args.seeds};
  if (args.ablate) words.emplace_back("--ablate");
  for (const std::string& setting : args.settings) {
    words.emplace_back("--set");
    words.push_back(setting);
  }
  return command_line(words);
}

std::vector<LoadedPattern> patterns_of(const CompareArgs& args, const LoadedScenario& scenario) {
  std::vector<LoadedPattern> patterns;
  std::vector<std::string> names;
  for (const std::string& name : split(args.patterns)) {
    if (name.empty())
      throw BadUsage("--patterns: \"" + one_line(args.patterns) + "\" has an empty name (a,b,c)");
    patterns.push_back(pattern_for(scenario, name));
    if (std::find(names.begin(), names.end(), patterns.back().pattern.name) != names.end()) {
      throw BadUsage("--patterns: \"" + one_line(name) + "\" is there twice (each once)");
    }
    names.push_back(patterns.back().pattern.name);
  }
  if (args.ablate) {
    for (LoadedPattern& pattern : ablations(pattern_for(scenario, "")))
      patterns.push_back(std::move(pattern));
  }
  return patterns;
}

std::size_t jobs_of(const CompareArgs& args) {
  if (!args.jobs.empty()) return parse_count("--jobs", args.jobs, 1, 1024);
  return std::max(1U, std::thread::hardware_concurrency());
}

int answer(const CompareArgs& args, const Comparison& comparison) {
  if (!args.out.empty()) {
    write_files(args.out, {{"compare.json", reports::compare_json(comparison.result)},
                           {"report.html", reports::report_html(comparison.result)},
                           {"metrics.csv", reports::metrics_csv(comparison.result)}});
  }
  fmt::print("{}", args.json ? reports::compare_json(comparison.result)
                             : reports::comparison_table(comparison.result, wants_colour()));
  if (!args.json && !args.out.empty()) fmt::print("\nreport: {}/report.html\n", args.out);
  fmt::print(stderr, "{}", comparison.complaints);
  return comparison.exit_code;
}

int compare(const CompareArgs& args) {
  std::vector<Setting> settings;
  for (const std::string& text : args.settings) settings.push_back(parse_setting(text));
  CompareOptions options;
  options.seeds = parse_count("--seeds", args.seeds, 1, 100'000);
  options.jobs = jobs_of(args);
  options.out = args.out;
  options.resume = args.resume;
  if (args.resume && args.out.empty())
    throw BadUsage("--resume needs --out (the folder of the comparison to go on with)");
  const LoadedScenario scenario = load_scenario(args.scenario, settings);
  std::vector<Plan> plans;
  for (const LoadedPattern& pattern : patterns_of(args, scenario))
    plans.push_back(make_plan(scenario, pattern));
  if (!args.out.empty()) check_output_folder(args.out);

  Progress progress(wants_progress());
  options.command = repeat_command(args);
  options.run_command = [&](const std::string& pattern, std::uint64_t seed) {
    std::vector<std::string> words = {"run",   args.scenario, "--pattern",
                                      pattern, "--seed",      std::to_string(seed)};
    for (const std::string& setting : args.settings) words.insert(words.end(), {"--set", setting});
    return command_line(words);
  };
  options.progress = [&](std::size_t finished, std::size_t all) {
    progress.show(static_cast<double>(finished) / static_cast<double>(all),
                  fmt::format("{} of {} runs", finished, all));
  };
  const Comparison comparison = compare_plans(plans, options, interrupt_flag());
  progress.clear();
  if (comparison.exit_code == interrupted) {
    const std::string hint = args.out.empty() ? "" : "; the same command with --resume goes on";
    fmt::print(stderr, "omnisim: interrupted after {} of {} runs{}\n", comparison.finished,
               plans.size() * options.seeds, hint);
    return interrupted;
  }
  return answer(args, comparison);
}

}  // namespace

void add_compare(CLI::App& app, Chosen& chosen) {
  auto args = std::make_shared<CompareArgs>();
  CLI::App* command =
      app.add_subcommand("compare", "Patterns side by side, on the same customers and the same failures");
  command->add_option("SCENARIO", args->scenario, "A scenario file")->required();
  command->add_option("--patterns", args->patterns, "Names or files, with commas between")
      ->capture_default_str();
  command->add_option("--seeds", args->seeds, "Runs of each pattern, seeds 1 to N")->capture_default_str();
  command->add_flag("--ablate", args->ablate,
                    "Add the scenario's own pattern with each capability off alone");
  command->add_option("--jobs", args->jobs, "Runs at once; default: the processors there are");
  command
      ->add_option("--set", args->settings,
                   "path=value: change the scenario, or each pattern by pattern.path=value")
      ->allow_extra_args(false);
  command->add_option("--out", args->out, "Keep the result's files in this folder");
  command->add_flag("--resume", args->resume, "Go on where an interrupted comparison in --out stopped");
  command->add_flag("--json", args->json, "Print one JSON document");
  command->footer("Example: omnisim compare scenarios/omnichannel-week.json --seeds 10 --out out/week");
  command->callback([args, &chosen] { chosen = [args] { return compare(*args); }; });
}

}  // namespace omnisim::harness
