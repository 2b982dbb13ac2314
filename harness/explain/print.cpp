#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "harness/explain/diff.hpp"
#include "reports/format.hpp"

namespace omnisim::harness {

std::string explanation_text(const Explanation& it) {
  std::string text = fmt::format("{}\n\n{}\n", it.subject, it.verdict);
  if (!it.findings.empty()) text += "\nWhere truth and record parted, the first one first:\n";
  for (std::size_t i = 0; i < it.findings.size(); ++i) {
    const Finding& finding = it.findings[i];
    text += fmt::format("  {}. {}  {}: {}\n     because  {}\n", i + 1, reports::time_text(finding.at),
                        name_of(finding.stage), finding.what, finding.because);
    if (!finding.instead.empty()) text += fmt::format("     instead  {}\n", finding.instead);
  }
  if (!it.endured.empty()) text += "\nWhat became of the faults:\n";
  for (const Endured& endured : it.endured) text += fmt::format("  {}: {}\n", endured.fault, endured.outcome);
  if (!it.steps.empty()) text += "\nWhat happened, in order:\n";
  std::size_t width = 0;
  for (const Step& step : it.steps) width = std::max(width, step.where.size());
  for (const Step& step : it.steps)
    text += fmt::format("  {:<27}  {:<{}}  {}\n", reports::time_text(step.at), step.where, width, step.text);
  return text;
}

std::string explanation_json(const Explanation& it) {
  nlohmann::ordered_json json = {{"schema", "omnisim.explain/1"},
                                 {"subject", it.subject},
                                 {"verdict", it.verdict},
                                 {"findings", nlohmann::ordered_json::array()},
                                 {"steps", nlohmann::ordered_json::array()}};
  for (const Finding& f : it.findings) {
    nlohmann::ordered_json row = {{"at", reports::time_text(f.at)},
                                  {"stage", name_of(f.stage)},
                                  {"what", f.what},
                                  {"because", f.because},
                                  {"instead", f.instead}};
    if (f.amount_minor)
      row["amount"] = static_cast<double>(*f.amount_minor) / std::pow(10.0, it.currency_decimals);
    json["findings"].push_back(std::move(row));
  }
  for (const Step& s : it.steps)
    json["steps"].push_back({{"at", reports::time_text(s.at)}, {"where", s.where}, {"text", s.text}});
  json["faults"] = nlohmann::ordered_json::array();
  for (const Endured& e : it.endured) json["faults"].push_back({{"fault", e.fault}, {"outcome", e.outcome}});
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

namespace {

constexpr std::size_t settings_shown = 40, text_shown = 400;

std::string step_text(const Step& step) {
  std::string text = step.text.substr(0, text_shown);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return fmt::format("{}  {}  {}{}", reports::time_text(step.at), step.where, text,
                     step.text.size() > text_shown ? " …" : "");
}

std::string parting_text(const Parting& parting) {
  const auto side = [](const std::optional<Step>& step) {
    return step ? step_text(*step) : std::string("nothing more: the run was over");
  };
  return fmt::format("  A  {}\n  B  {}\n", side(parting.a), side(parting.b));
}

nlohmann::ordered_json step_json(const Step& step) {
  return {{"at", reports::time_text(step.at)}, {"where", step.where}, {"text", step.text}};
}

nlohmann::ordered_json parting_json(const std::optional<Parting>& parting) {
  if (!parting) return nullptr;
  const auto side = [](const std::optional<Step>& step) {
    return step ? step_json(*step) : nlohmann::ordered_json(nullptr);
  };
  return {{"a", side(parting->a)}, {"b", side(parting->b)}};
}

}  // namespace

std::string difference_text(const RunDifference& it) {
  std::string text = fmt::format("A  {}\nB  {}\n", it.a, it.b);
  if (!it.first) return text + "\nThe two runs are the same, step for step.\n";
  if (!it.settings.empty()) text += "\nSet differently, A → B:\n";
  for (std::size_t i = 0; i < std::min(it.settings.size(), settings_shown); ++i)
    text += fmt::format("  {}\n", it.settings[i]);
  if (it.settings.size() > settings_shown)
    text += fmt::format("  … and {} more; --json has them all\n", it.settings.size() - settings_shown);
  if (!it.together.empty()) text += "\nThe last steps together:\n";
  for (const Step& step : it.together) text += fmt::format("     {}\n", step_text(step));
  text += "\nThe first step apart:\n" + parting_text(*it.first);
  text += it.in_world ? "\nThe first difference in the world itself:\n" + parting_text(*it.in_world)
                      : "\nIn the world itself the same happened in both.\n";
  return text;
}

std::string difference_json(const RunDifference& it) {
  nlohmann::ordered_json json = {{"schema", "omnisim.difference/1"}, {"a", it.a}, {"b", it.b}};
  json["settings"] = it.settings;
  json["together"] = nlohmann::ordered_json::array();
  for (const Step& step : it.together) json["together"].push_back(step_json(step));
  json["first"] = parting_json(it.first);
  json["in_world"] = parting_json(it.in_world);
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace omnisim::harness
