// From files and a command line to what a run is made of: a checked scenario, a checked pattern, the trace
// where there is one, and the hash that names them all.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/import/online_retail.hpp"
#include "harness/scenario/reader.hpp"
#include "harness/scenario/scenario.hpp"
#include "harness/scenario/settings.hpp"

namespace omnisim::harness {

/// A scenario file, read, changed by its settings, and checked by itself.
struct LoadedScenario {
  std::string file;
  Scenario scenario;
  Json inline_pattern;                         ///< where the file holds its pattern
  std::shared_ptr<const models::Trace> trace;  ///< where it replays one
  std::string trace_digest;                    ///< 32 hex digits over the trace's bytes, empty without one
  std::vector<RejectedRow> trace_rejected;     ///< rows of a source CSV that could not be replayed
  std::vector<Setting> pattern_settings;       ///< `--set pattern.…`
};

struct LoadedPattern {
  std::string file;
  models::PatternParams pattern;
};

/// One run's complete input.
struct Plan {
  Scenario scenario;  ///< its `pattern` names the one below
  models::PatternParams pattern;
  std::shared_ptr<const models::Trace> trace;
  std::string hash;           ///< 32 hex digits: XXH3-128 of the resolved document and the trace
  std::string resolved_json;  ///< the scenario with its pattern inside and every default written out
};

/// All of these throw BadInput. `needs_trace` false: a scenario whose trace is left open passes (validate).
LoadedScenario load_scenario(const std::string& file, const std::vector<Setting>& settings,
                             bool needs_trace = true);
/// The same of a text; `file` is what complaints call it.
LoadedScenario load_scenario_text(std::string_view text, const std::string& file,
                                  const std::vector<Setting>& settings);
/// `name_or_file`: the name of a file in scenarios/patterns/, or the path of any other.
LoadedPattern load_pattern(const std::string& name_or_file, const std::vector<Setting>& settings);
LoadedPattern load_pattern_file(const std::string& file, const std::vector<Setting>& settings);
/// The pattern asked for; the scenario's own where `name_or_file` is empty, or the name of the pattern that
/// is part of its file.
LoadedPattern pattern_for(const LoadedScenario& scenario, const std::string& name_or_file);
/// Checks the two against each other.
Plan make_plan(const LoadedScenario& scenario, const LoadedPattern& pattern);

/// 32 hex digits: XXH3-128.
std::string digest_of(std::string_view bytes);

/// The scenario file and its place: as given, or below the program's data folder, or a name in scenarios/ or
/// in a folder below it.
std::string find_scenario(const std::string& name_or_file);
/// Names of the patterns in scenarios/patterns/, sorted.
std::vector<std::string> pattern_names();
/// The scenario files of scenarios/ and all folders below it, sorted.
std::vector<std::string> scenario_files();
/// Every `*.json` in `folder` and below, sorted, but for what lies in folders named patterns, schema or
/// golden.
std::vector<std::string> scenario_files_below(const std::string& folder);
/// `scenarios` below the working directory, else below the source tree.
std::string scenarios_folder();

}  // namespace omnisim::harness
