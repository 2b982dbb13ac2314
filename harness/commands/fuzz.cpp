#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "harness/commands/command.hpp"
#include "harness/commands/progress.hpp"
#include "harness/fuzz/fuzz.hpp"
#include "harness/output.hpp"
#include "harness/scenario/load.hpp"
#include "harness/scenario/values.hpp"

namespace omnisim::harness {
namespace {

struct FuzzArgs {
  std::vector<std::string> scenarios;
  std::string runs, time, seed = "1", first = "0", jobs, out;
  bool json = false;
};

constexpr std::uint64_t runs_default = 1000, runs_max = 1'000'000'000;

FuzzOptions options_of(const FuzzArgs& args) {
  FuzzOptions options;
  options.seed = parse_count("--seed", args.seed, 0, std::uint64_t{1} << 62U);
  options.first = parse_count("--first", args.first, 0, runs_max);
  options.runs = args.time.empty() ? runs_default : runs_max;
  if (!args.runs.empty()) options.runs = parse_count("--runs", args.runs, 1, runs_max);
  if (!args.time.empty()) {
    // "10m" is what other programs call ten minutes.
    const auto time = parse_duration(args.time.ends_with('m') ? args.time + "in" : args.time);
    if (!time || time->count() <= 0)
      throw BadUsage("--for: \"" + one_line(args.time) + "\" (a duration: 90s, 10m, 2h)");
    options.time = std::chrono::ceil<std::chrono::seconds>(*time);
  }
  options.jobs = args.jobs.empty() ? std::max(1U, std::thread::hardware_concurrency())
                                   : parse_count("--jobs", args.jobs, 1, 1024);
  for (const std::string& name : args.scenarios) {
    const std::string file = find_scenario(name);
    load_scenario(file, {});  // or say what is wrong with it
    options.bases.push_back(parse_json(read_file(file), file));
  }
  options.folder = args.out;
  return options;
}

std::string text_of(const FuzzReport& report) {
  std::string text;
  for (const BadDay& bad : report.bad)
    text +=
        fmt::format("day {} ({}): {}\n  again: {}\n", bad.number, bad.pattern, bad.invariant, bad.command);
  return text + fmt::format("{} days, {} checks of what was promised, {} broken\n", report.runs,
                            report.checks, report.bad.size());
}

std::string json_of(const FuzzReport& report, std::uint64_t seed) {
  nlohmann::ordered_json json = {{"schema", "omnisim.fuzz/1"},
                                 {"seed", seed},
                                 {"runs", report.runs},
                                 {"checks", report.checks},
                                 {"bad", nlohmann::ordered_json::array()}};
  for (const BadDay& bad : report.bad)
    json["bad"].push_back({{"number", bad.number},
                           {"pattern", bad.pattern},
                           {"what", bad.invariant},
                           {"file", bad.file},
                           {"command", bad.command}});
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

int fuzz_days(const FuzzArgs& args) {
  FuzzOptions options = options_of(args);
  if (!args.out.empty()) check_output_folder(args.out);
  Progress progress(wants_progress());
  options.progress = [&](std::uint64_t finished) {
    progress.show(static_cast<double>(finished) / static_cast<double>(options.runs),
                  fmt::format("{} of {} days", finished, options.runs));
  };
  FuzzReport report = fuzz(options, interrupt_flag());
  progress.clear();
  for (BadDay& bad : report.bad) {
    bad.command = bad.file.empty()
                      ? "the same with --out DIR keeps the day as a scenario"
                      : command_line({"run", bad.file, "--seed", std::to_string(bad.number + 1)});
  }
  fmt::print("{}", args.json ? json_of(report, options.seed) : text_of(report));
  return report.exit_code;
}

}  // namespace

void add_fuzz(CLI::App& app, Chosen& chosen) {
  auto args = std::make_shared<FuzzArgs>();
  CLI::App* command = app.add_subcommand(
      "fuzz", "Random days, patterns and faults against the invariants: can you find one that breaks them?");
  command->add_option("SCENARIO", args->scenarios, "Put the faults into these instead of drawn estates");
  command->add_option("--runs", args->runs, "Days to run; default: 1000");
  command->add_option("--for", args->time, "Go on for this long instead: 90s, 10m, 2h");
  command->add_option("--seed", args->seed, "Of the days that are drawn; default: 1");
  command->add_option("--first", args->first, "Number of the first day, to see one again alone; default: 0");
  command->add_option("--jobs", args->jobs, "Runs at once; default: the processors there are");
  command->add_option("--out", args->out, "Keep each day that broke something here, as a scenario");
  command->add_flag("--json", args->json, "Print one JSON document");
  command->footer("Example: omnisim fuzz --runs 10000 --out bad-days");
  command->callback([args, &chosen] { chosen = [args] { return fuzz_days(*args); }; });
}

}  // namespace omnisim::harness
