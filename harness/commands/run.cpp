#include <fmt/format.h>

#include <limits>
#include <optional>

#include "harness/commands/command.hpp"
#include "harness/commands/progress.hpp"
#include "harness/explain/second_look.hpp"
#include "harness/exports/exporter.hpp"
#include "harness/output.hpp"
#include "harness/run_files.hpp"
#include "reports/json.hpp"
#include "reports/table.hpp"

namespace omnisim::harness {
namespace {

struct RunArgs {
  std::string scenario;
  std::string pattern;
  std::string seed = "1";
  std::vector<std::string> settings;
  std::string out;
  std::string exports;
  bool once = false;
  bool json = false;
};

std::string repeat_command(const RunArgs& args, const std::string& pattern) {
  std::vector<std::string> words = {"run", args.scenario};
  if (!pattern.empty()) words.insert(words.end(), {"--pattern", pattern});
  words.insert(words.end(), {"--seed", args.seed});
  for (const std::string& setting : args.settings) {
    words.emplace_back("--set");
    words.push_back(setting);
  }
  return command_line(words);
}

void note_rejected(const LoadedScenario& scenario) {
  const std::vector<RejectedRow>& rejected = scenario.trace_rejected;
  if (rejected.empty()) return;
  fmt::print(stderr,
             "omnisim: {} rows of the trace cannot be replayed; the first is line {}: {} (omnisim import "
             "lists them all)\n",
             rejected.size(), rejected.front().line, rejected.front().reason);
}

/// What looks on and writes the exports that are asked for; null where none are.
std::unique_ptr<Exporter> exporter_for(const RunArgs& args, const Plan& plan, std::uint64_t seed) {
  const bool asked = !args.exports.empty();
  const auto formats = parse_exports(asked ? args.exports : default_exports());
  if (args.out.empty() || formats.empty()) return nullptr;
  return std::make_unique<Exporter>(args.out, formats, plan, seed,
                                    asked ? std::numeric_limits<std::uint64_t>::max() : most_by_default);
}

/// All files of the run together, or none of them.
void keep(const RunArgs& args, const Plan& plan, const Outcome& outcome, Exporter* exporter) {
  if (exporter != nullptr) exporter->complete();
  write_run_files(args.out, plan, outcome);
  const bool exported = exporter != nullptr && !exporter->gave_up();
  if (exported) exporter->into_place();
  remove_other_exports(args.out, exported ? exporter->formats() : std::vector<std::string>{});
  if (exporter == nullptr || exported) return;
  fmt::print(
      stderr,
      "omnisim: the run has more than {} messages, so it is not exported; --export {} does it all the same\n",
      most_by_default, default_exports());
}

int run(const RunArgs& args) {
  if (!args.exports.empty()) parse_exports(args.exports);
  if (!args.exports.empty() && args.out.empty()) throw BadUsage("--export goes with --out");
  std::vector<Setting> settings;
  for (const std::string& text : args.settings) settings.push_back(parse_setting(text));
  RunOptions options;
  options.seed = parse_count("--seed", args.seed, 0, ~std::uint64_t{0});
  options.keep_ledgers = !args.out.empty();
  options.interrupt = &interrupt_flag();
  const LoadedScenario scenario = load_scenario(args.scenario, settings);
  const LoadedPattern pattern = pattern_for(scenario, args.pattern);
  const Plan plan = make_plan(scenario, pattern);
  if (!args.out.empty()) check_output_folder(args.out);
  note_rejected(scenario);
  Progress progress(wants_progress());
  std::optional<SecondLook> second_look;
  if (!args.out.empty() && !args.once) {
    second_look.emplace(plan, options.seed,
                        [&](double share) { progress.show(share, pattern.pattern.name + "  why"); });
  }
  const auto exporter = exporter_for(args, plan, options.seed);
  options.onlooker = exporter.get();
  const Pace pace;
  options.progress = [&](double share) {
    progress.show(share, pattern.pattern.name + "  " + pace.left(share));
  };
  Outcome outcome = run_once(plan, options);
  SecondLook::Answer answer;
  if (second_look) answer = second_look->look_into(outcome, interrupt_flag());
  progress.clear();
  if (outcome.end == RunEnd::interrupted || answer.interrupted) return interrupted;
  if (!answer.problem.empty()) fmt::print(stderr, "{}", not_looked_into(answer));
  outcome.result.inquiry = std::move(answer.inquiry);
  const bool own = args.pattern.empty() && scenario.inline_pattern.is_object();
  outcome.result.command = repeat_command(args, own                    ? pattern.pattern.name
                                                : args.pattern.empty() ? scenario.scenario.pattern
                                                                       : args.pattern);

  if (!args.out.empty()) keep(args, plan, outcome, exporter.get());
  fmt::print("{}", args.json ? reports::run_json(outcome.result)
                             : reports::run_table(outcome.result, wants_colour()));
  if (outcome.broke_promise()) {
    fmt::print(stderr, "{}", describe_breaks(outcome, plan));
    return invariant_broken;
  }
  if (outcome.end == RunEnd::pending) {
    fmt::print(stderr, "{}", describe_pending(outcome));
    return not_at_rest;
  }
  return outcome.missed_expectation() ? not_held : done;
}

std::string export_help() {
  std::string help = "With --out: the run's messages for other programs, as a list of ";
  for (const ExportFormat& format : export_formats())
    help += fmt::format("{} ({}), ", format.name, format.what);
  return help + fmt::format("or all, or none; default: {}", default_exports());
}

}  // namespace

void add_run(CLI::App& app, Chosen& chosen) {
  auto args = std::make_shared<RunArgs>();
  CLI::App* command = app.add_subcommand("run", "One run of a scenario");
  command->add_option("SCENARIO", args->scenario, "A scenario file")->required();
  command->add_option("--pattern", args->pattern,
                      "A name in scenarios/patterns/ or a file; default: the scenario's");
  command->add_option("--seed", args->seed, "Root of all randomness")->capture_default_str();
  command
      ->add_option("--set", args->settings,
                   "path=value: change the scenario, or its pattern by pattern.path=value")
      ->allow_extra_args(false);
  command->add_option("--out", args->out, "Keep the result's files in this folder");
  command->add_option("--export", args->exports, export_help());
  command->add_flag("--once", args->once,
                    "With --out: do not run it a second time to tell in the report why things went wrong");
  command->add_flag("--json", args->json, "Print one JSON document");
  command->footer(
      "Example: omnisim run scenarios/last-unit.json --pattern nightly-batch --seed 7 --out out/last-unit");
  command->callback([args, &chosen] { chosen = [args] { return run(*args); }; });
}

}  // namespace omnisim::harness
