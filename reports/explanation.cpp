#include "reports/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/format.hpp"

namespace omnisim::reports {
namespace {

constexpr std::string_view stage_names[] = {"source capture", "transformation", "orchestration timing",
                                            "ERP posting"};

/// "3 true, 4 on record  " before the text of a step that has both.
std::string levels_text(const Step& step) {
  if (!step.truth || !step.believed) return "";
  return fmt::format("{} true, {} on record: ", *step.truth, *step.believed);
}

}  // namespace

std::string_view name_of(Stage stage) { return stage_names[static_cast<std::size_t>(stage)]; }

std::string explanation_text(const Explanation& it) {
  std::string text = fmt::format("{}\n\n{}\n", it.subject, it.verdict);
  if (!it.findings.empty()) text += "\nWhere truth and record parted, the first one first:\n";
  for (std::size_t i = 0; i < it.findings.size(); ++i) {
    const Finding& finding = it.findings[i];
    text += fmt::format("  {}. {}  {}: {}\n     because  {}\n", i + 1, time_text(finding.at),
                        name_of(finding.stage), finding.what, finding.because);
    if (!finding.instead.empty()) text += fmt::format("     instead  {}\n", finding.instead);
  }
  if (!it.endured.empty()) text += "\nWhat became of the faults:\n";
  for (const Endured& endured : it.endured) text += fmt::format("  {}: {}\n", endured.fault, endured.outcome);
  if (!it.steps.empty()) text += "\nWhat happened, in order:\n";
  std::size_t width = 0;
  for (const Step& step : it.steps) width = std::max(width, step.where.size());
  for (const Step& step : it.steps)
    text += fmt::format("  {:<27}  {:<{}}  {}{}\n", time_text(step.at), step.where, width, levels_text(step),
                        step.text);
  return text;
}

std::string explanation_json(const Explanation& it) {
  nlohmann::ordered_json json = {
      {"schema", "omnisim.explain/1"},
      {"subject", it.subject},
      {"verdict", it.verdict},
      {"parted", it.parted ? nlohmann::ordered_json(time_text(*it.parted)) : nlohmann::ordered_json(nullptr)},
      {"findings", nlohmann::ordered_json::array()},
      {"steps", nlohmann::ordered_json::array()}};
  for (const Finding& f : it.findings) {
    nlohmann::ordered_json row = {{"at", time_text(f.at)},
                                  {"stage", name_of(f.stage)},
                                  {"what", f.what},
                                  {"because", f.because},
                                  {"instead", f.instead}};
    if (f.amount_minor)
      row["amount"] = static_cast<double>(*f.amount_minor) / std::pow(10.0, it.currency_decimals);
    json["findings"].push_back(std::move(row));
  }
  for (const Step& s : it.steps) {
    nlohmann::ordered_json row = {{"at", time_text(s.at)}, {"where", s.where}, {"text", s.text}};
    if (s.truth) row["true"] = *s.truth;
    if (s.believed) row["believed"] = *s.believed;
    json["steps"].push_back(std::move(row));
  }
  json["faults"] = nlohmann::ordered_json::array();
  for (const Endured& e : it.endured) json["faults"].push_back({{"fault", e.fault}, {"outcome", e.outcome}});
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace omnisim::reports
