#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "harness/commands/command.hpp"
#include "harness/compare/compare.hpp"
#include "harness/compare/result_json.hpp"
#include "harness/output.hpp"
#include "harness/scenario/json_text.hpp"
#include "reports/html.hpp"
#include "reports/verdict.hpp"

namespace omnisim::harness {
namespace {

struct ReportArgs {
  std::vector<std::string> folders;
  std::string out;
};

/// The runs of several folders, by pattern, in the order in which they are met.
struct KeptRuns {
  std::vector<Contender> contenders;
  std::vector<PatternRuns> patterns;
};

/// A run's folder has its scenario; a comparison's has it in the folder of each pattern.
Plan plan_of(const std::string& folder, const std::string& pattern) {
  const std::string own = folder + "/scenario.resolved.json";
  const std::string file =
      std::filesystem::exists(own) ? own : folder + "/" + pattern + "/scenario.resolved.json";
  const LoadedScenario scenario = load_scenario(file, {});
  return make_plan(scenario, pattern_for(scenario, {}));
}

/// An ablation's name says what it is: "event-orchestrated.no-ordering".
void name_ablation(Contender& contender) {
  const std::string& name = contender.plan.pattern.name;
  const std::size_t at = name.rfind(".no-");
  if (at == std::string::npos) return;
  contender.base = name.substr(0, at);
  contender.without = name.substr(at + 4);
}

void add_run(KeptRuns& kept, const std::string& folder, Outcome&& outcome) {
  const std::string& name = outcome.result.pattern;
  std::size_t i = 0;
  while (i < kept.contenders.size() && kept.contenders[i].plan.pattern.name != name) ++i;
  if (i == kept.contenders.size()) {
    Contender& contender = kept.contenders.emplace_back(Contender{plan_of(folder, name)});
    name_ablation(contender);
    kept.patterns.push_back({contender.plan.pattern, {}, contender.base, contender.without});
  }
  std::vector<Outcome>& runs = kept.patterns[i].runs;
  const bool known = std::any_of(runs.begin(), runs.end(),
                                 [&](const Outcome& run) { return run.result.seed == outcome.result.seed; });
  if (!known) runs.push_back(std::move(outcome));
}

void read_folder(KeptRuns& kept, const std::string& folder) {
  const std::string file = folder + "/results.jsonl";
  std::istringstream lines(read_file(file));
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    try {
      add_run(kept, folder, from_line(line));
    } catch (const Json::exception&) {
      throw BadInput(Problem{file, "/" + std::to_string(number), "is no run",
                             "a line that omnisim run or compare wrote with --out"});
    }
  }
  if (number == 0) throw BadInput(Problem{file, "/", "holds no run", "the folder of a run or a comparison"});
}

/// What was asked of a comparison, and its command, from the compare.json beside its runs.
void add_answers(const Json& json, reports::CompareResult& result) {
  result.command = json.at("command");
  if (json.contains("precision")) {
    const Json& p = json.at("precision");
    result.precision = {p.at("wanted"), p.at("metrics").get<std::vector<std::string>>(), p.at("seeds_max"),
                        p.at("open").get<std::vector<std::string>>()};
  }
  if (!json.contains("selection")) return;
  const Json& s = json.at("selection");
  reports::Selection selection{.metric = s.at("metric"),
                               .unit = "",
                               .high_is_better = s.at("better") == "high",
                               .indifference = s.at("indifference"),
                               .best = s.at("best").is_null() ? "" : s.at("best").get<std::string>(),
                               .seeds = s.at("seeds"),
                               .candidates = {}};
  for (const Json& c : s.at("candidates")) {
    const Json& after = c.at("ruled_out_after");
    selection.candidates.push_back({c.at("pattern"), after.is_null() ? 0 : after.get<std::int64_t>()});
  }
  if (!result.patterns.empty()) {
    const reports::Estimate* any = reports::find_estimate(result.patterns.front().metrics, selection.metric);
    if (any != nullptr) selection.unit = any->unit;
  }
  result.selection = std::move(selection);
}

/// A comparison as it was, or folders put together, which this command does.
reports::CompareResult comparison_of(const ReportArgs& args, const KeptRuns& kept) {
  reports::CompareResult result = comparison_of(kept.contenders, kept.patterns);
  std::vector<std::string> words = {"report"};
  words.insert(words.end(), args.folders.begin(), args.folders.end());
  result.command = command_line(words);
  const std::string file = args.folders.front() + "/compare.json";
  if (args.folders.size() > 1 || !std::filesystem::exists(file)) return result;
  try {
    add_answers(parse_json(read_file(file), file), result);
  } catch (const Json::exception&) {
    throw BadInput(Problem{file, "/", "is no comparison", "a file that omnisim compare wrote with --out"});
  }
  return result;
}

int report(const ReportArgs& args) {
  KeptRuns kept;
  for (const std::string& folder : args.folders) read_folder(kept, folder);
  for (PatternRuns& pattern : kept.patterns) {
    std::sort(pattern.runs.begin(), pattern.runs.end(),
              [](const Outcome& a, const Outcome& b) { return a.result.seed < b.result.seed; });
  }
  const bool one = kept.patterns.size() == 1 && kept.patterns.front().runs.size() == 1;
  const std::string html = one ? reports::report_html(kept.patterns.front().runs.front().result)
                               : reports::report_html(comparison_of(args, kept));
  const std::string out = args.out.empty() ? args.folders.front() : args.out;
  check_output_folder(out);
  write_files(out, {{"report.html", html}});
  fmt::print("report: {}/report.html\n", out);
  return done;
}

}  // namespace

void add_report(CLI::App& app, Chosen& chosen) {
  auto args = std::make_shared<ReportArgs>();
  CLI::App* command =
      app.add_subcommand("report", "The HTML report again, from the files of runs and comparisons");
  command->add_option("RUN_DIR", args->folders, "Folders that run or compare wrote; several are compared")
      ->required();
  command->add_option("--out", args->out, "Where to write report.html; default: the first folder");
  command->footer("Example: omnisim report out/week");
  command->callback([args, &chosen] { chosen = [args] { return report(*args); }; });
}

}  // namespace omnisim::harness
