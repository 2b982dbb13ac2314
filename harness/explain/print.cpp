#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/explain/diff.hpp"
#include "reports/format.hpp"

namespace omnisim::harness {
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
