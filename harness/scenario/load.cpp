#include "harness/scenario/load.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "harness/import/trace_file.hpp"
#include "harness/scenario/check.hpp"
#include "harness/scenario/writer.hpp"

namespace omnisim::harness {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// Beside the scenario, or as given from the working directory.
std::string find_trace(const std::string& scenario_file, const std::string& trace) {
  const fs::path beside = fs::path(scenario_file).parent_path() / trace;
  std::error_code ignored;
  return fs::exists(beside, ignored) ? beside.string() : trace;
}

void load_trace(LoadedScenario& loaded) {
  const std::string file = find_trace(loaded.file, loaded.scenario.estate.trace->file);
  const std::string text = read_file(file, import_bytes_max);
  if (looks_like_online_retail(text)) {
    Import import = import_online_retail(text, file);
    loaded.trace_rejected = std::move(import.rejected);
    loaded.trace = std::make_shared<const models::Trace>(std::move(import.trace));
  } else {
    loaded.trace = std::make_shared<const models::Trace>(read_trace(text, file));
  }
  loaded.trace_digest = digest_of(write_trace(*loaded.trace));
}

/// What the calendar leaves open follows from the trace, or from `to`.
void fill_calendar(models::CalendarParams& calendar, const models::Trace* trace) {
  if (trace != nullptr) {
    const Time first = trace->rows.front().at;
    const Time last = trace->rows.back().at;
    if (calendar.from == Time{}) calendar.from = std::chrono::floor<std::chrono::days>(first);
    if (calendar.to == Time{})
      calendar.to = std::chrono::floor<std::chrono::days>(last) + std::chrono::days{1};
    if (calendar.period_end == Time{}) {
      const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(last)};
      calendar.period_end =
          std::chrono::sys_days{(day.year() / day.month() + std::chrono::months{1}) / std::chrono::day{1}};
    }
  }
  if (calendar.period_end == Time{}) calendar.period_end = calendar.to;
}

/// A name in scenarios/patterns/, else a path from here or below the program's data.
std::optional<std::string> find_pattern(const std::string& name_or_file) {
  std::error_code ignored;
  const fs::path folder = scenarios_folder();
  if (name_or_file.find('/') == std::string::npos) {
    const fs::path named = folder / "patterns" / (name_or_file + ".json");
    if (fs::is_regular_file(named, ignored)) return named.string();
  }
  for (const fs::path& file : {fs::path(name_or_file), folder.parent_path() / name_or_file}) {
    if (!name_or_file.empty() && fs::is_regular_file(file, ignored)) return file.string();
  }
  return std::nullopt;
}

Json read_document(std::string_view text, const std::string& file, const std::vector<Setting>& settings) {
  Json document = parse_json(text, file);
  if (!document.is_object()) throw BadInput({file, "/", "is " + shown(document), "an object"});
  for (const Setting& setting : settings) apply(setting, document, file);
  return document;
}

void read_currency(const Json& document, ReadContext& context) {
  const auto found = document.find("currency");
  if (found == document.end()) return;
  const bool known = found->is_string() && currency_decimals(found->get_ref<const std::string&>());
  if (!known)
    throw BadInput({context.file, "/currency", "is " + shown(*found), "an ISO 4217 code such as \"EUR\""});
  context.currency = *found;
}

LoadedPattern read_pattern(const Json& document, const std::string& file, const std::string& pointer) {
  LoadedPattern loaded{file, {}};
  ReadContext context{file, "EUR", {}, nullptr};
  read_struct(document, loaded.pattern, pointer, context);
  if (context.problems.empty()) check_pattern(loaded.pattern, context);
  if (!context.problems.empty()) throw BadInput(std::move(context.problems));
  return loaded;
}

}  // namespace

std::string digest_of(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::string scenarios_folder() {
  std::error_code ignored;
  if (fs::is_directory("scenarios/patterns", ignored)) return "scenarios";
  return std::string(OMNISIM_DATA_DIR) + "/scenarios";
}

std::string find_scenario(const std::string& name_or_file) {
  std::error_code ignored;
  const fs::path folder = scenarios_folder();
  if (name_or_file.empty()) return name_or_file;
  for (const fs::path& candidate : {fs::path(name_or_file), folder.parent_path() / name_or_file}) {
    if (fs::is_regular_file(candidate, ignored)) return candidate.string();
  }
  if (name_or_file.find('/') != std::string::npos) return name_or_file;
  for (const std::string& file : scenario_files()) {
    if (fs::path(file).stem() == name_or_file) return file;
  }
  return name_or_file;
}

std::vector<std::string> pattern_names() {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(scenarios_folder() + "/patterns", ignored)) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> scenario_files() { return scenario_files_below(scenarios_folder()); }

std::vector<std::string> scenario_files_below(const std::string& folder) {
  constexpr std::array<std::string_view, 3> others = {"patterns", "schema", "golden"};
  std::vector<std::string> files;
  std::error_code ignored;
  fs::recursive_directory_iterator entry(folder, ignored);
  for (; entry != fs::recursive_directory_iterator(); entry.increment(ignored)) {
    const fs::path& path = entry->path();
    const bool other = std::find(others.begin(), others.end(), path.filename().string()) != others.end();
    if (entry->is_directory(ignored) && other) entry.disable_recursion_pending();
    if (path.extension() == ".json" && entry->is_regular_file(ignored)) files.push_back(path.string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

namespace {

LoadedScenario read_scenario(std::string_view text, const std::string& file,
                             const std::vector<Setting>& settings, bool needs_trace) {
  LoadedScenario loaded;
  loaded.file = file;
  std::vector<Setting> own;
  for (const Setting& setting : settings) {
    const bool of_pattern = setting.path.starts_with("pattern.");
    if (of_pattern) loaded.pattern_settings.push_back({setting.path.substr(8), setting.value});
    if (!of_pattern) own.push_back(setting);
  }
  const Json document = read_document(text, loaded.file, own);
  ReadContext context{loaded.file, "EUR", {}, nullptr};
  read_currency(document, context);
  read_struct(document, loaded.scenario, "/", context);
  if (!context.problems.empty()) throw BadInput(std::move(context.problems));

  if (loaded.scenario.estate.trace && !loaded.scenario.estate.trace->file.empty()) load_trace(loaded);
  fill_calendar(loaded.scenario.estate.calendar, loaded.trace.get());
  loaded.scenario.estate.policies.ledger_utc_offset_min =
      loaded.scenario.estate.calendar.ledger_utc_offset_min;
  check_scenario(loaded.scenario, loaded.trace.get(), needs_trace, context);
  if (!context.problems.empty()) throw BadInput(std::move(context.problems));
  loaded.inline_pattern = std::move(context.inline_pattern);
  return loaded;
}

}  // namespace

LoadedScenario load_scenario(const std::string& file, const std::vector<Setting>& settings,
                             bool needs_trace) {
  const std::string found = find_scenario(file);
  return read_scenario(read_file(found), found, settings, needs_trace);
}

LoadedScenario load_scenario_text(std::string_view text, const std::string& file,
                                  const std::vector<Setting>& settings) {
  return read_scenario(text, file, settings, /*needs_trace=*/true);
}

LoadedPattern load_pattern(const std::string& name_or_file, const std::vector<Setting>& settings) {
  if (const auto file = find_pattern(name_or_file)) return load_pattern_file(*file, settings);
  throw BadInput(
      {one_line(name_or_file), "/", "there is no such pattern", suggest(name_or_file, pattern_names())});
}

LoadedPattern load_pattern_file(const std::string& file, const std::vector<Setting>& settings) {
  return read_pattern(read_document(read_file(file), file, settings), file, "/");
}

LoadedPattern pattern_for(const LoadedScenario& scenario, const std::string& name_or_file) {
  const bool inlined =
      scenario.inline_pattern.is_object() &&
      (name_or_file.empty() || scenario.inline_pattern.value("name", Json()) == name_or_file);
  if (!inlined && !name_or_file.empty()) return load_pattern(name_or_file, scenario.pattern_settings);
  if (scenario.inline_pattern.is_null()) {
    const std::string& name = scenario.scenario.pattern;
    if (const auto file = find_pattern(name)) return load_pattern_file(*file, scenario.pattern_settings);
    throw BadInput({scenario.file, "/pattern", "there is no pattern \"" + one_line(name, 60) + "\"",
                    suggest(name, pattern_names())});
  }
  Json document = scenario.inline_pattern;
  for (const Setting& setting : scenario.pattern_settings) apply(setting, document, scenario.file);
  return read_pattern(document, scenario.file, "/pattern");
}

Plan make_plan(const LoadedScenario& scenario, const LoadedPattern& pattern) {
  ReadContext context{pattern.file, "EUR", {}, nullptr};
  check_together(scenario.scenario, pattern.pattern, context);
  if (!context.problems.empty()) throw BadInput(std::move(context.problems));

  Plan plan{scenario.scenario, pattern.pattern, scenario.trace, "", ""};
  plan.scenario.pattern = pattern.pattern.name;
  const Writer writer(plan.scenario.estate.currency);
  OrderedJson document = {{"$schema", "scenario.schema.json"}};
  document.update(writer.value(plan.scenario, {}));
  document["pattern"] = writer.value(plan.pattern, {});
  plan.resolved_json = document.dump(2) + "\n";
  // Where a trace lies says nothing about what happens; what is in it does.
  if (document.contains("trace")) document["trace"]["file"] = scenario.trace_digest;
  plan.hash = digest_of(document.dump());
  return plan;
}

}  // namespace omnisim::harness
