#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "harness/commands/command.hpp"
#include "harness/commands/progress.hpp"
#include "harness/compare/compare.hpp"
#include "harness/metric_names.hpp"
#include "harness/output.hpp"
#include "harness/scenario/enums.hpp"
#include "reports/csv.hpp"
#include "reports/html.hpp"
#include "reports/json.hpp"
#include "reports/table.hpp"
#include "reports/verdict.hpp"

namespace omnisim::harness {
namespace {

constexpr const char* default_seeds = "5";
constexpr std::size_t first_stage = 10;  ///< seeds before a goal is first looked at

struct CompareArgs {
  std::string scenario;
  std::string patterns =
      "ideal,nightly-batch,point-to-point,polling-hub,event-choreography,event-orchestrated";
  std::string seeds;
  std::string seeds_max = "200";
  std::string precision;
  std::string metrics = "oversell.units";
  std::string select;
  std::string indifference;
  std::string jobs;
  std::vector<std::string> settings;
  std::string out;
  bool ablate = false;
  bool resume = false;
  bool once = false;
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
  std::vector<std::string> words = {"compare", args.scenario, "--patterns", args.patterns};
  const auto add = [&](const char* option, const std::string& value) {
    if (!value.empty()) words.insert(words.end(), {option, value});
  };
  const bool has_goal = !args.precision.empty() || !args.select.empty();
  add("--seeds", args.seeds.empty() && !has_goal ? default_seeds : args.seeds);
  add("--precision", args.precision);
  if (!args.precision.empty()) add("--metric", args.metrics);
  add("--select", args.select);
  add("--indifference", args.indifference);
  if (has_goal) add("--seeds-max", args.seeds_max);
  if (args.ablate) words.emplace_back("--ablate");
  for (const std::string& setting : args.settings) {
    words.emplace_back("--set");
    words.push_back(setting);
  }
  return command_line(words);
}

std::vector<Contender> contenders_of(const CompareArgs& args, const LoadedScenario& scenario) {
  std::vector<Contender> contenders;
  const auto is_there = [&](const std::string& name) {
    return std::any_of(contenders.begin(), contenders.end(),
                       [&](const Contender& c) { return c.plan.pattern.name == name; });
  };
  for (const std::string& name : split(args.patterns)) {
    if (name.empty())
      throw BadUsage("--patterns: \"" + one_line(args.patterns) + "\" has an empty name (a,b,c)");
    const LoadedPattern pattern = pattern_for(scenario, name);
    if (is_there(pattern.pattern.name))
      throw BadUsage("--patterns: \"" + one_line(name) + "\" is there twice (each once)");
    contenders.push_back({make_plan(scenario, pattern)});
  }
  if (!args.ablate) return contenders;
  const LoadedPattern base = pattern_for(scenario, "");
  if (!is_there(base.pattern.name)) contenders.push_back({make_plan(scenario, base)});
  for (const Ablation& ablation : ablations(base))
    contenders.push_back({make_plan(scenario, ablation.pattern), base.pattern.name, ablation.without});
  return contenders;
}

/// "5%" or "0.05"
double parse_share(const std::string& option, const std::string& text) {
  const bool percent = text.ends_with('%');
  const double value = parse_positive(option, percent ? text.substr(0, text.size() - 1) : text);
  const double share = percent ? value / 100 : value;
  if (share >= 1) throw BadUsage(option + ": \"" + one_line(text) + "\" is too wide (below 100 %: 5%)");
  return share;
}

void check_metric(const std::string& option, const std::string& name, const LoadedScenario& scenario) {
  std::vector<std::string> channels;
  for (const models::ChannelParams& channel : scenario.scenario.estate.channels)
    channels.push_back(channel.code);
  if (!is_metric(name, channels))
    throw BadUsage(option + ": there is no metric \"" + one_line(name) + "\" (" +
                   suggest(name, metric_names(channels)) + ")");
}

bool is_better_high(const std::string& metric) {
  for (const reports::Headline& headline : reports::headlines()) {
    if (headline.metric == metric) return headline.better == reports::Better::high;
  }
  return false;
}

Goal goal_of(const CompareArgs& args, const LoadedScenario& scenario) {
  Goal goal;
  goal.seeds_max = parse_count("--seeds-max", args.seeds_max, 2, 100'000);
  if (!args.precision.empty()) {
    goal.precision = parse_share("--precision", args.precision);
    goal.metrics = split(args.metrics);
    for (const std::string& metric : goal.metrics) check_metric("--metric", metric, scenario);
  }
  if (args.select.empty() != args.indifference.empty())
    throw BadUsage("--select and --indifference go together (--select oversell.units --indifference 5)");
  if (!args.select.empty()) {
    check_metric("--select", args.select, scenario);
    goal.select = args.select;
    goal.rule.indifference = parse_positive("--indifference", args.indifference);
    goal.rule.high_is_better = is_better_high(args.select);
  }
  return goal;
}

std::size_t seeds_of(const CompareArgs& args, const Goal& goal) {
  if (!goal.any()) return parse_count("--seeds", args.seeds.empty() ? default_seeds : args.seeds, 1, 100'000);
  if (args.seeds.empty()) return std::min(first_stage, goal.seeds_max);
  const std::size_t seeds = parse_count("--seeds", args.seeds, 2, 100'000);
  if (seeds > goal.seeds_max)
    throw BadUsage("--seeds: " + args.seeds + " are more than --seeds-max (at most " + args.seeds_max + ")");
  return seeds;
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
  options.jobs = jobs_of(args);
  options.out = args.out;
  options.resume = args.resume;
  options.look_into = !args.once;
  if (args.resume && args.out.empty())
    throw BadUsage("--resume needs --out (the folder of the comparison to go on with)");
  const LoadedScenario scenario = load_scenario(args.scenario, settings);
  options.goal = goal_of(args, scenario);
  options.seeds = seeds_of(args, options.goal);
  const std::vector<Contender> contenders = contenders_of(args, scenario);
  const auto rankable = std::count_if(contenders.begin(), contenders.end(),
                                      [](const Contender& c) { return c.plan.pattern.limits; });
  if (!args.select.empty() && rankable < 2)
    throw BadUsage("--select: there is nothing to choose from (two patterns or more that can be built)");
  if (!args.out.empty()) check_output_folder(args.out);

  Progress progress(wants_progress());
  const Pace pace;
  options.command = repeat_command(args);
  options.run_command = [&](const std::string& pattern, std::uint64_t seed) {
    std::vector<std::string> words = {"run",   args.scenario, "--pattern",
                                      pattern, "--seed",      std::to_string(seed)};
    for (const std::string& setting : args.settings) words.insert(words.end(), {"--set", setting});
    return command_line(words);
  };
  options.progress = [&](std::size_t finished, std::size_t all) {
    progress.show(static_cast<double>(finished) / static_cast<double>(all), pace.text(finished, all));
  };
  const Comparison comparison = compare_plans(contenders, options, interrupt_flag());
  progress.clear();
  if (comparison.exit_code == interrupted) {
    const std::string hint = args.out.empty() ? "" : "; the same command with --resume goes on";
    fmt::print(stderr, "omnisim: interrupted after {} of {} runs{}\n", comparison.finished, comparison.all,
               hint);
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
  command->add_option(
      "--seeds", args->seeds,
      "Runs of each pattern, seeds 1 to N (5); with --precision or --select the first of them (10)");
  command->add_option("--precision", args->precision,
                      "Go on until each mean of --metric is known within this share of itself: 5%");
  command->add_option("--metric", args->metrics, "… of these figures, with commas between")
      ->capture_default_str();
  command->add_option("--select", args->select,
                      "Go on until the best pattern by this figure is known with probability 95 %");
  command->add_option("--indifference", args->indifference,
                      "… where a difference below this, in the figure's unit, does not matter");
  command->add_option("--seeds-max", args->seeds_max, "… but no further than this")->capture_default_str();
  command->add_flag("--ablate", args->ablate,
                    "Add the scenario's own pattern with each capability off alone");
  command->add_option("--jobs", args->jobs, "Runs at once; default: the processors there are");
  command
      ->add_option("--set", args->settings,
                   "path=value: change the scenario, or each pattern by pattern.path=value")
      ->allow_extra_args(false);
  command->add_option("--out", args->out, "Keep the result's files in this folder");
  command->add_flag("--resume", args->resume, "Go on where an interrupted comparison in --out stopped");
  command->add_flag(
      "--once", args->once,
      "With --out: do not run seed 1 a second time to tell in the report why things went wrong");
  command->add_flag("--json", args->json, "Print one JSON document");
  command->footer(
      "Example: omnisim compare scenarios/omnichannel-week.json --seeds 10 --out out/week\n"
      "         omnisim compare scenarios/omnichannel-week.json --select oversell.units --indifference 10");
  command->callback([args, &chosen] { chosen = [args] { return compare(*args); }; });
}

}  // namespace omnisim::harness
